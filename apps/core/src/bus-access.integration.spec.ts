import { ModulesContainer } from '@nestjs/core';
import { PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startCore, type CoreUnderTest } from './testing/start-core.js';

/** Who may say what over the bus. What the core takes is added here, on purpose. */
const RULES: Record<string, 'the core alone' | 'hosts of connectors'> = {
  'address.claimed': 'the core alone',
  'call.concluded': 'the core alone',
  'connector.event': 'the core alone',
  'connector.fact': 'the core alone',
  'connector.outcome': 'hosts of connectors',
  'delivery.address-lost': 'the core alone',
  'delivery.sent': 'the core alone',
  'delivery.stale': 'the core alone',
  'reaction.due': 'the core alone',
};

describe('what the core takes from the bus', () => {
  let core: CoreUnderTest;
  beforeAll(async () => {
    core = await startCore();
  });
  afterAll(() => core.stop());

  it('has a rule for every subject', () => {
    expect([...new Set(patternsOf(core))].sort()).toEqual(Object.keys(RULES));
  });

  it('is what the guide gives hosts of connectors permission for', () => {
    const guide = readFileSync(resolve(__dirname, '../../../docs/guides/many-machines.md'), 'utf8');
    const [, allowed = ''] = /publish: \{\s*allow: \[([^\]]*)\]/.exec(guide) ?? [];
    const subjects = [...allowed.matchAll(/"repartee\.([^"]+)"/g)].map(([, subject]) => subject);
    const theirs = Object.keys(RULES).filter((subject) => RULES[subject] === 'hosts of connectors');
    expect(subjects).toEqual(theirs);
  });
});

/** The subjects of every handler that Nest knows of. */
function patternsOf({ app }: CoreUnderTest): string[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  return controllers.flatMap(({ metatype }) => {
    const prototype = (metatype as { prototype: Record<string, object> }).prototype;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const handler = name === 'constructor' ? undefined : prototype[name];
      return handler ? ((Reflect.getMetadata(PATTERN_METADATA, handler) as string[] | undefined) ?? []) : [];
    });
  });
}
