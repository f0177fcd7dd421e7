/** Why the embedded database could not be started. */
export type EmbeddedPostgresReason =
  | 'read-only'
  | 'no-permission'
  | 'disk-full'
  | 'not-a-folder'
  | 'other-version'
  | 'wrong-password'
  | 'in-use'
  | 'no-binaries'
  | 'failed';

/** A start that failed for a reason people can act on. `message` is one line that names the folder and the reason. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(
    readonly reason: EmbeddedPostgresReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const REASONS: Record<string, [EmbeddedPostgresReason, string]> = {
  EROFS: ['read-only', 'the file system is read-only'],
  EACCES: ['no-permission', 'permission denied'],
  EPERM: ['no-permission', 'permission denied'],
  ENOSPC: ['disk-full', 'no space left on the disk'],
  EDQUOT: ['disk-full', 'the disk quota is used up'],
  ENOTDIR: ['not-a-folder', 'a part of the path is not a folder'],
  EEXIST: ['not-a-folder', 'it is a file, not a folder'],
  ENOENT: ['not-a-folder', 'it cannot be created there'],
};

/** Turns a file system error met in `folder` into the one line for people. */
export function folderError(folder: string, cause: unknown): EmbeddedPostgresError {
  if (cause instanceof EmbeddedPostgresError) return cause;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? '';
  const [reason, words] = REASONS[code] ?? ['failed', cause instanceof Error ? cause.message : String(cause)];
  return new EmbeddedPostgresError(reason, `The data folder ${folder} cannot be used: ${words}`, { cause });
}

const SPOKEN: [RegExp, string][] = [
  [/No space left on device/i, 'ENOSPC'],
  [/Disk quota exceeded/i, 'EDQUOT'],
  [/Read-only file system/i, 'EROFS'],
  [/Permission denied|Operation not permitted/i, 'EACCES'],
];

/** The same for a PostgreSQL program that ended badly and said why on its error output. */
export function programError(program: string, folder: string, output: string): EmbeddedPostgresError {
  const code = SPOKEN.find(([pattern]) => pattern.test(output))?.[1];
  if (code) return folderError(folder, Object.assign(new Error(output), { code }));
  const lines = output.split('\n').map((line) => line.trim());
  const line =
    lines.findLast((text) => /error|fatal|panic/i.test(text)) ?? lines.findLast((text) => text !== '');
  return new EmbeddedPostgresError(
    'failed',
    `${program} failed in ${folder}: ${line ?? 'it gave no reason'}`,
  );
}
