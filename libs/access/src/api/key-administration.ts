import { Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { AuditLog } from '@repartee/governance';
import { Clock, newId, type Transaction } from '@repartee/platform';
import { mayGrant, ownScopes, type Principal } from '../domain/index.js';
import { KeyStore, type StoredKey } from '../persistence/key-store.js';
import type { NewKey } from './key-schemas.js';
import { keyView, type IssuedKey, type IssuedSigningSecret, type KeyView } from './key-view.js';
import { Keys } from './keys.js';
import { newKey, newSigningSecret, storedSecret } from './new-secret.js';

/** Makes, lists, rotates and revokes keys. What it changes holds in this process at once, in others within five seconds. */
@Injectable()
export class KeyAdministration {
  constructor(
    private readonly store: KeyStore,
    private readonly keys: Keys,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  async list(
    cursor: string | undefined,
    limit: number,
  ): Promise<{ items: KeyView[]; nextCursor: string | null }> {
    const found = await this.store.list(cursor ?? null, limit + 1);
    const page = found.slice(0, limit);
    const secrets = await this.store.secretsOf(page.map(({ id }) => id));
    return {
      items: page.map((key) => keyView(key, secrets)),
      nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  }

  /** The first public key of a source comes with the source's signing secret. */
  async create(wanted: NewKey, caller: Principal): Promise<Result<IssuedKey>> {
    if (!mayGrant(ownScopes(caller, wanted.kind), wanted.scopes)) return notYours();
    const now = new Date(this.clock.now());
    const { expiresAt, ...fields } = wanted;
    const key: StoredKey = { ...fields, id: newId(), createdAt: now, revokedAt: null, lastUsedAt: null };
    const secret = newKey(key.kind);
    await this.audit.prepare();
    const signingSecret = await this.store.change(async (tx) => {
      await this.note(tx, caller, key.id, { made: key.kind, scopes: key.scopes });
      await this.store.insertKey(tx, key);
      await this.store.insertSecret(tx, storedSecret(key, secret, now, expiresAt ?? null));
      const needsOne =
        key.kind === 'public' && (await this.store.signingSecretsOf(tx, key.source)).length === 0;
      return needsOne ? this.addSigningSecret(tx, key.source, now) : undefined;
    });
    return ok({ ...(await this.refreshed(key)), key: secret, ...(signingSecret && { signingSecret }) });
  }

  /** Gives the key a new secret; the present one works for another `overlapSeconds`. */
  async rotate(id: string, overlapSeconds: number, caller: Principal): Promise<Result<IssuedKey>> {
    const now = this.clock.now();
    await this.audit.prepare();
    const rotated = await this.store.change(
      async (tx): Promise<Result<{ key: StoredKey; secret: string }>> => {
        const key = await this.store.find(tx, id);
        if (!key) return notFound();
        if (key.revokedAt)
          return fail(failure('ACCESS.KEY_REVOKED', 'A revoked key stays so; make a new one'));
        // Who rotates a key holds it afterwards.
        if (!mayGrant(ownScopes(caller, key.kind), key.scopes)) return notYours();
        const secret = newKey(key.kind);
        await this.note(tx, caller, id, { rotated: true, overlapSeconds });
        await this.store.endSecrets(tx, id, new Date(now + overlapSeconds * 1000));
        await this.store.insertSecret(tx, storedSecret(key, secret, new Date(now)));
        return ok({ key, secret });
      },
    );
    if (!rotated.ok) return rotated;
    const { key, secret } = rotated.value;
    return ok({ ...(await this.refreshed(key)), key: secret });
  }

  /** Ends a key and all its secrets. Revoking again changes nothing. */
  async revoke(id: string, caller: Principal): Promise<Result<void>> {
    await this.audit.prepare();
    const revoked = await this.store.change(async (tx): Promise<Result<void>> => {
      const key = await this.store.find(tx, id);
      if (!key) return notFound();
      if (!mayGrant(ownScopes(caller, key.kind), key.scopes)) return notYours();
      await this.note(tx, caller, id, { revoked: true });
      await this.store.revoke(tx, id, new Date(this.clock.now()));
      return ok(undefined);
    });
    if (revoked.ok) await this.keys.refresh();
    return revoked;
  }

  /** Gives a source a new signing secret; tokens signed with the present one are good for another `overlapSeconds`. */
  async rotateSigningSecret(source: string, overlapSeconds: number): Promise<IssuedSigningSecret> {
    const now = this.clock.now();
    const signingSecret = await this.store.change(async (tx) => {
      await this.store.endSigningSecrets(tx, source, new Date(now + overlapSeconds * 1000));
      return this.addSigningSecret(tx, source, new Date(now));
    });
    await this.keys.refresh();
    return { source, signingSecret, createdAt: new Date(now).toISOString() };
  }

  private async addSigningSecret(tx: Transaction, source: string, createdAt: Date): Promise<string> {
    const secret = newSigningSecret();
    await this.store.insertSigningSecret(tx, newId(), { source, secret, createdAt, expiresAt: null });
    return secret;
  }

  private note(
    tx: Transaction,
    { keyId }: Principal,
    id: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(tx, [{ actor: keyId, action: 'configure', subject: `key/${id}`, detail }]);
  }

  private async refreshed(key: StoredKey): Promise<KeyView> {
    await this.keys.refresh();
    return keyView(key, await this.store.secretsOf([key.id]));
  }
}

function notFound(): Result<never> {
  return fail(failure('ACCESS.KEY_NOT_FOUND', 'There is no key with this id'));
}

function notYours(): Result<never> {
  return fail(failure('ACCESS.FORBIDDEN', 'Your key lacks scopes that this key has or would get'));
}
