import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, CONFIG, newId, type Config, type Transaction } from '@repartee/platform';
import { join } from 'node:path';
import { ALL_SCOPES, flawOfChosenKey, type KeyKind } from '../domain/index.js';
import { readKeptKeys, writeKeptKeys, type KeptKeys } from '../persistence/first-keys-file.js';
import { KeyStore } from '../persistence/key-store.js';
import { Keys } from './keys.js';
import { digestOf, newKey, newSigningSecret, storedSecret } from './new-secret.js';

/** The keys that an installation starts with, in plain: to be printed. */
export interface FirstKeys {
  /** Public. */
  write: string;
  admin: string;
  server: string;
  /** Signs user tokens for the source `default`. */
  signingSecret: string;
}

/** The source of the first keys. */
export const FIRST_SOURCE = 'default';

type Slot = 'write' | 'admin' | 'server';
const KIND: Readonly<Record<Slot, KeyKind>> = { write: 'public', admin: 'admin', server: 'server' };
const SLOTS = ['write', 'admin', 'server'] as const;

/** Makes sure that there is a key of each kind to begin with. */
@Injectable()
export class FirstKeyIssuer {
  private readonly path: string;
  private readonly publicUrl: string;

  constructor(
    private readonly store: KeyStore,
    private readonly keys: Keys,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.path = join(config.dataDir, 'keys.json');
    this.publicUrl = config.publicUrl;
  }

  /**
   * Takes the given keys, else those of `<DATA_DIR>/keys.json`, else makes new ones and keeps them there.
   * A given key that was revoked or has expired is refused; a kept one is replaced. A key that is given in place of
   * another does not end the other: that is done at `/v1/keys`.
   */
  async ensureFirstKeys(given: { writeKey?: string; apiKey?: string }): Promise<Result<FirstKeys>> {
    const flaw = flawOfGiven(given);
    if (flaw) return refused(flaw);
    const kept = await readKeptKeys(this.path);
    if (!kept) return refused(`${this.path} is not a file of keys; remove it to have new ones made`);
    const chosen: Partial<Record<Slot, string>> = { write: given.writeKey, admin: given.apiKey };
    const next: Partial<FirstKeys> = {};
    for (const slot of SLOTS) {
      const key = await this.choose(slot, chosen[slot], kept[slot]);
      if (!key.ok) return key;
      next[slot] = key.value;
    }
    const first = { ...next, signingSecret: await this.chooseSigningSecret(kept.signingSecret) } as FirstKeys;
    await this.keep(first, chosen, kept);
    await this.store.change((tx) => this.insertMissing(tx, first));
    await this.keys.refresh();
    return ok(first);
  }

  private async choose(
    slot: Slot,
    given: string | undefined,
    kept: string | undefined,
  ): Promise<Result<string>> {
    const wanted = given ?? kept;
    if (wanted === undefined) return ok(newKey(KIND[slot]));
    const found = await this.store.findSecret(null, digestOf(wanted));
    if (!found) return ok(wanted);
    const expired = found.secret.expiresAt !== null && found.secret.expiresAt.getTime() <= this.clock.now();
    const usable = !found.key.revokedAt && !expired && found.key.kind === KIND[slot];
    if (usable) return ok(wanted);
    if (given === undefined) return ok(newKey(KIND[slot]));
    const why =
      found.key.kind === KIND[slot] ? 'was revoked or has expired' : `is already a ${found.key.kind} key`;
    return refused(`${VARIABLE[slot]} holds a key that ${why}; set another`);
  }

  private async chooseSigningSecret(kept: string | undefined): Promise<string> {
    if (kept === undefined) return newSigningSecret();
    const found = (await this.store.signingSecretsOf(null, FIRST_SOURCE)).find(
      ({ secret }) => secret === kept,
    );
    const ended = found?.expiresAt && found.expiresAt.getTime() <= this.clock.now();
    return ended ? newSigningSecret() : kept;
  }

  /** Before they are in the database: a crash in between leaves keys that the next start puts there. */
  private async keep(first: FirstKeys, chosen: Partial<Record<Slot, string>>, kept: KeptKeys): Promise<void> {
    const next: KeptKeys = { ...kept, signingSecret: first.signingSecret };
    for (const slot of SLOTS) if (chosen[slot] === undefined) next[slot] = first[slot];
    if (JSON.stringify(next) !== JSON.stringify(kept)) await writeKeptKeys(this.path, next);
  }

  private async insertMissing(tx: Transaction, first: FirstKeys): Promise<void> {
    const createdAt = new Date(this.clock.now());
    for (const slot of SLOTS) {
      if (await this.store.findSecret(tx, digestOf(first[slot]))) continue;
      const key = {
        id: newId(),
        kind: KIND[slot],
        name: `First ${KIND[slot]} key`,
        source: FIRST_SOURCE,
        scopes: [ALL_SCOPES],
        allowedOrigins: slot === 'write' ? this.firstOrigins() : [],
        createdAt,
        revokedAt: null,
        lastUsedAt: null,
      };
      await this.store.insertKey(tx, key);
      await this.store.insertSecret(tx, storedSecret(key, first[slot], createdAt));
    }
    const secrets = await this.store.signingSecretsOf(tx, FIRST_SOURCE);
    if (secrets.some(({ secret }) => secret === first.signingSecret)) return;
    const secret = { source: FIRST_SOURCE, secret: first.signingSecret, createdAt, expiresAt: null };
    await this.store.insertSigningSecret(tx, newId(), secret);
  }

  private firstOrigins(): string[] {
    return [...new Set([new URL(this.publicUrl).origin, 'http://localhost:*', 'http://127.0.0.1:*'])];
  }
}

const VARIABLE: Readonly<Record<Slot, string>> = {
  write: 'REPARTEE_WRITE_KEY',
  admin: 'REPARTEE_API_KEY',
  server: 'The server key',
};

function flawOfGiven({ writeKey, apiKey }: { writeKey?: string; apiKey?: string }): string | null {
  for (const [name, key] of [
    ['REPARTEE_WRITE_KEY', writeKey],
    ['REPARTEE_API_KEY', apiKey],
  ] as const) {
    const flaw = key === undefined ? null : flawOfChosenKey(key);
    if (flaw) return `${name} ${flaw}`;
  }
  if (writeKey !== undefined && writeKey === apiKey) {
    return 'REPARTEE_WRITE_KEY and REPARTEE_API_KEY must differ: write keys are public';
  }
  return null;
}

function refused(why: string): Result<never> {
  return fail(failure('ACCESS.FIRST_KEY_INVALID', why));
}
