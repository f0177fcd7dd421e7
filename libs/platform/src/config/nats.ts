import { fail, ok, type Result } from '@repartee/contracts';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** How to reach the NATS servers that carry the bus. Holds secrets: it is never logged. */
export interface NatsConfig {
  /** `host:port` of one or more servers of a cluster. */
  servers: string[];
  user?: string;
  password?: string;
  token?: string;
  /** The contents of a `.creds` file: a JWT and its seed. */
  credentials?: string;
  /** Present where the connection must be encrypted. PEM files; without a `caFile` the system's authorities count. */
  tls?: { caFile?: string; certFile?: string; keyFile?: string };
  /** On how many servers of the cluster each message is kept. */
  replicas: number;
}

const DEFAULT_PORT = '4222';
const path = z.string().min(1).optional();

export const natsEnvironment = {
  NATS_URL: z.string().optional(),
  NATS_REPLICAS: z.coerce
    .number()
    .refine((count) => [1, 3, 5].includes(count), 'must be 1, 3 or 5')
    .default(1),
  NATS_TOKEN: z.string().min(1).optional(),
  NATS_CREDS: path,
  NATS_CA: path,
  NATS_CERT: path,
  NATS_KEY: path,
};

export type NatsEnvironment = z.infer<z.ZodObject<typeof natsEnvironment>>;

/** @returns nothing without `NATS_URL`, or one line that says which variable is wrong; never a value */
export function natsConfig(env: NatsEnvironment): Result<NatsConfig | undefined, string> {
  if (env.NATS_URL === undefined) return ok(undefined);
  const urls = env.NATS_URL.split(',').map((text) => parse(text.trim()));
  if (!urls.every((url) => url !== undefined))
    return fail(
      'NATS_URL must be nats://host:port or tls://host:port, or several of them with commas between',
    );
  for (const name of ['NATS_CREDS', 'NATS_CA', 'NATS_CERT', 'NATS_KEY'] as const)
    if (env[name] !== undefined && read(env[name]) === undefined)
      return fail(`${name} names a file that cannot be read`);
  if ((env.NATS_CERT === undefined) !== (env.NATS_KEY === undefined))
    return fail('NATS_CERT and NATS_KEY go together: set both or none');
  const encrypted = env.NATS_CA !== undefined || env.NATS_CERT !== undefined;
  const credentials = env.NATS_CREDS === undefined ? undefined : read(env.NATS_CREDS);
  return ok({
    servers: urls.map(({ hostname, port }) => `${hostname}:${port || DEFAULT_PORT}`),
    ...namesOf(urls.find(({ username }) => username !== '')),
    ...(env.NATS_TOKEN !== undefined && { token: env.NATS_TOKEN }),
    ...(credentials !== undefined && { credentials }),
    ...((encrypted || urls.some(({ protocol }) => protocol === 'tls:')) && {
      tls: { caFile: env.NATS_CA, certFile: env.NATS_CERT, keyFile: env.NATS_KEY },
    }),
    replicas: env.NATS_REPLICAS,
  });
}

function parse(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^(nats|tls):$/.test(url.protocol) && url.hostname !== '' ? url : undefined;
}

/** `user:password@host`, or `token@host` as NATS has it. */
function namesOf(url: URL | undefined): Pick<NatsConfig, 'user' | 'password' | 'token'> {
  if (!url) return {};
  const user = decodeURIComponent(url.username);
  return url.password === '' ? { token: user } : { user, password: decodeURIComponent(url.password) };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
