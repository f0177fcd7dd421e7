import { durationSchema, fail, ok, parseDuration, type Result } from '@repartee/contracts';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { natsConfig, natsEnvironment, type NatsConfig } from './nats.js';
import { oidcConfig, oidcEnvironment, type OidcConfig } from './oidc.js';

/** Injection token of the validated {@link Config}. */
export const CONFIG = Symbol('CONFIG');

const port = z.coerce.number().int().min(0).max(65535);
const key = z
  .string()
  .min(8)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces');
const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).href.replace(/\/+$/, ''));

/** Attempts that may be under way at a time in processes that run a connector, unless told. */
const REMOTE_IN_FLIGHT = 50;
const remote = z
  .string()
  .regex(/^[a-z0-9-]+(:[1-9]\d{0,4})?(,[a-z0-9-]+(:[1-9]\d{0,4})?)*$/, 'must look like a,b:100')
  .transform((text) => {
    const entries = text.split(',').map((one) => one.split(':') as [string, string?]);
    return new Map(entries.map(([name, inFlight]) => [name, Number(inFlight ?? REMOTE_IN_FLIGHT)]));
  });

/** Bytes of a key that wraps secrets (AES-256). */
const SECRETS_KEY_BYTES = 32;
const secretsKeys = z
  .string()
  .transform((text) => text.split(',').map((one) => Buffer.from(one.trim(), 'base64')))
  .refine((keys) => keys.every(({ length }) => length === SECRETS_KEY_BYTES), {
    error: `must be ${SECRETS_KEY_BYTES} random bytes in Base64; several with commas between, the newest first`,
  });

const unknownPolicy = z
  .string()
  .regex(
    /^(keep|(accepted|rejected):.+)$/,
    'must be keep, or accepted or rejected and a time, as accepted:7d',
  )
  .refine((text) => text === 'keep' || parseDuration(text.slice(text.indexOf(':') + 1)) !== undefined, {
    error: 'names no duration',
  });

const environmentSchema = z.object({
  PORT: port.default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REPARTEE_WRITE_KEY: key.optional(),
  REPARTEE_API_KEY: key.optional(),
  REPARTEE_PUBLIC_URL: httpUrl.optional(),
  REPARTEE_SECRETS_KEY: secretsKeys.optional(),
  REPARTEE_WEBHOOKS_PRIVATE: z.enum(['true', 'false']).optional(),
  REPARTEE_IMPORT_DIR: z.string().min(1).optional(),
  REPARTEE_SEED: z.enum(['demo', 'none']).default('demo'),
  REPARTEE_PAGES_SANDBOX: httpUrl.optional(),
  REPARTEE_PAGES_SHOP: httpUrl.optional(),
  REPARTEE_FRAME_ANCESTORS: z
    .string()
    .regex(
      /^('self'|'none'|https?:\/\/[\w.*:-]+)( ('self'|https?:\/\/[\w.*:-]+))*$/,
      "is no list of frame-ancestors, as 'self' https://desk.example",
    )
    .default("'self'"),
  REPARTEE_TIME_ZONE: z
    .string()
    .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', 'is no time zone')
    .default('UTC'),
  CONNECTORS_REMOTE: remote.optional(),
  REPARTEE_CONNECTORS: z.string().default(''),
  CONNECTOR_ORDER: z
    .string()
    .regex(/^[a-z0-9-]+(,[a-z0-9-]+)*$/, 'must be names of connectors with commas between')
    .optional(),
  DELIVERY_UNKNOWN: unknownPolicy.default('keep'),
  DELIVERY_STALE_AFTER: durationSchema.default('24h'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(0.05),
  REPARTEE_TRUSTED_PROXIES: z
    .string()
    .regex(/^[0-9a-fA-F.:/]+(,[0-9a-fA-F.:/]+)*$/, 'must be addresses or networks with commas between')
    .optional(),
  ...oidcEnvironment,
  ...natsEnvironment,
});

/** The process's configuration. Everything is optional in the environment; see `api.md` "Running". */
export interface Config {
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** When set, this PostgreSQL is used and none is started. */
  databaseUrl?: string;
  /** First public and first admin key, when given. */
  writeKey?: string;
  apiKey?: string;
  /** Master keys of stored secrets, the one to seal with first; none: they are made and kept in `dataDir`. */
  secretsKeys: readonly Buffer[];
  /** Base of links in messages and of webhook signatures; without a trailing slash. */
  publicUrl: string;
  /** Whether webhooks may go to addresses that are not public: where we are not public ourselves, unless told. */
  webhooksPrivate: boolean;
  /** Absolute; folders watched for files lie below it. */
  importDir: string;
  seed: 'demo' | 'none';
  /** Of people whose own is not known; IANA name. */
  timeZone: string;
  /** Connectors that run in processes of their own, and how many attempts may be under way there at a time. */
  remoteConnectors: ReadonlyMap<string, number>;
  /** Packages or paths of connectors beside those of the product. */
  connectors: readonly string[];
  /** Connectors that go before others of their channel. */
  connectorOrder: readonly string[];
  /** What becomes of a delivery that has been unknown for so many milliseconds; null: a person decides. */
  unknownDeliveries: { verdict: 'accepted' | 'rejected'; after: number } | null;
  /** Milliseconds after its time until a marketing message that was held is decided again. */
  deliveryStaleAfter: number;
  logLevel: string;
  /** Where the pages that other processes serve are found. */
  pages: { sandbox?: string; shop?: string };
  /** Who may show the desk within their own page, besides ourselves; as `frame-ancestors` takes it (CSP level 3). */
  frameAncestors: string;
  /** The raw environment; connectors take their settings from it by derived names. */
  environment: Readonly<Record<string, string | undefined>>;
  otlpEndpoint?: string;
  traceSampling: number;
  /** When set, NATS JetStream carries the bus between the processes. */
  nats?: NatsConfig;
  /** When set, people may sign in there. */
  oidc?: OidcConfig;
  /** Addresses or networks of proxies that are believed about the caller's address. */
  trustedProxies: readonly string[];
}

/**
 * Validates the environment.
 * @returns the configuration, or one line that says which variable is wrong and why. Values are never repeated: they may be secrets.
 */
export function loadConfig(environment: Record<string, string | undefined>): Result<Config, string> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(present);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail(`${String(issue?.path[0])} ${lowerFirst(issue?.message ?? 'is invalid')}`);
  }
  const env = parsed.data;
  const nats = natsConfig(env);
  if (!nats.ok) return nats;
  const oidc = oidcConfig(env);
  if (!oidc.ok) return oidc;
  return ok({
    port: env.PORT,
    host: env.HOST,
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    writeKey: env.REPARTEE_WRITE_KEY,
    apiKey: env.REPARTEE_API_KEY,
    secretsKeys: env.REPARTEE_SECRETS_KEY ?? [],
    publicUrl: env.REPARTEE_PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    webhooksPrivate: env.REPARTEE_WEBHOOKS_PRIVATE?.startsWith('t') ?? isLocal(env.REPARTEE_PUBLIC_URL),
    importDir: resolve(env.REPARTEE_IMPORT_DIR ?? join(env.DATA_DIR, 'inbox')),
    seed: env.REPARTEE_SEED,
    timeZone: env.REPARTEE_TIME_ZONE,
    connectors: env.REPARTEE_CONNECTORS.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    remoteConnectors: env.CONNECTORS_REMOTE ?? new Map<string, number>(),
    connectorOrder: env.CONNECTOR_ORDER?.split(',') ?? [],
    unknownDeliveries: unknownOf(env.DELIVERY_UNKNOWN),
    deliveryStaleAfter: parseDuration(env.DELIVERY_STALE_AFTER) ?? 0,
    logLevel: env.LOG_LEVEL,
    pages: { sandbox: env.REPARTEE_PAGES_SANDBOX, shop: env.REPARTEE_PAGES_SHOP },
    frameAncestors: env.REPARTEE_FRAME_ANCESTORS,
    environment: present,
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    traceSampling: env.OTEL_TRACES_SAMPLER_ARG,
    ...(nats.value && { nats: nats.value }),
    ...(oidc.value && { oidc: oidc.value }),
    trustedProxies: env.REPARTEE_TRUSTED_PROXIES?.split(',') ?? [],
  });
}

function unknownOf(text: string): Config['unknownDeliveries'] {
  if (text === 'keep') return null;
  const verdict = text.startsWith('accepted') ? 'accepted' : 'rejected';
  return { verdict, after: parseDuration(text.slice(verdict.length + 1)) ?? 0 };
}

function isLocal(publicUrl: string | undefined): boolean {
  return publicUrl === undefined || ['localhost', '127.0.0.1'].includes(new URL(publicUrl).hostname);
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
