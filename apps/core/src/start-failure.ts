import type { Config } from '@repartee/platform';

function codeOf(error: unknown): string | undefined {
  const own =
    (error as { code?: unknown }).code ?? (error as { driverError?: { code?: unknown } }).driverError?.code;
  if (typeof own === 'string') return own;
  const errors = (error as { errors?: unknown[] }).errors;
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : undefined;
}

const DATABASE_REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody answers there',
  ENOTFOUND: 'its host is not known',
  EAI_AGAIN: 'its host is not known',
  ETIMEDOUT: 'it does not answer',
  '28P01': 'the password is wrong',
  '28000': 'the user is not allowed in',
  '3D000': 'the database does not exist',
  '42501': 'the user may not create tables',
};

const FOLDER_REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EROFS: 'it is read-only',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  ENOTDIR: 'it is not a folder',
  EEXIST: 'it is not a folder',
};

/** Why the start failed, in one line that an operator can act on. Secrets are never in it. */
export function reasonOf(error: unknown, config: Config): string {
  const code = codeOf(error) ?? '';
  if (code === 'EADDRINUSE')
    return `Port ${config.port} is in use: stop what uses it, or set PORT to another one.`;
  const folder = FOLDER_REASONS[code];
  if (folder !== undefined) return `DATA_DIR ${config.dataDir} cannot be used: ${folder}.`;
  const database = DATABASE_REASONS[code];
  if (database !== undefined && config.databaseUrl !== undefined) {
    return `DATABASE_URL cannot be used: ${database}.`;
  }
  return error instanceof Error ? error.message : String(error);
}
