import { Injectable } from '@nestjs/common';
import { Database } from '@repartee/platform';

/** What is remembered of somebody while they are at their provider. */
export interface StoredOidcFlow {
  digest: string;
  provider: string;
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
  expiresAt: Date;
}

/** People who went to an OpenID provider. */
@Injectable()
export class OidcFlowStore {
  constructor(private readonly database: Database) {}

  async begin(flow: StoredOidcFlow): Promise<void> {
    const { digest, provider, state, nonce, verifier, returnTo, expiresAt } = flow;
    await this.database.query(
      `INSERT INTO oidc_flow (digest, provider, state, nonce, verifier, return_to, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [digest, provider, state, nonce, verifier, returnTo, expiresAt],
    );
  }

  /** Takes it out: whoever comes back comes back once. */
  async take(digest: string, provider: string, now: Date): Promise<StoredOidcFlow | undefined> {
    const [flow] = await this.database.query<StoredOidcFlow>(
      `DELETE FROM oidc_flow WHERE digest = $1 AND provider = $2 AND expires_at > $3
       RETURNING digest, provider, state, nonce, verifier, return_to AS "returnTo", expires_at AS "expiresAt"`,
      [digest, provider, now],
    );
    return flow;
  }

  /** Removes who did not come back. */
  async sweep(now: Date): Promise<void> {
    await this.database.query('DELETE FROM oidc_flow WHERE expires_at <= $1', [now]);
  }
}
