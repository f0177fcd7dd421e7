import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@repartee/platform';
import { createHmac, randomBytes } from 'node:crypto';
import type { SubjectIdentifier } from '../domain/index.js';

const SECRET_BYTES = 32;
/** 22 characters of base64url are 132 bits: no two people share them by chance. */
const LENGTH = 22;

/**
 * Keyed hashes of people: HMAC-SHA256 (RFC 2104) under a secret of this installation. They tell whether somebody is on a
 * list, and without the secret nobody can try out addresses. The secret is made once and never changed: a new one would
 * forget everybody on the list.
 */
@Injectable()
export class SubjectHasher implements OnModuleInit {
  private secret?: Buffer;

  constructor(@Inject(Database) private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    // Two processes that start together agree on the one that came first.
    await this.database.query(
      'INSERT INTO governance_secret (id, secret) VALUES (1, $1) ON CONFLICT DO NOTHING',
      [randomBytes(SECRET_BYTES)],
    );
    const [row] = await this.database.query<{ secret: Buffer }>(
      'SELECT secret FROM governance_secret WHERE id = 1',
    );
    this.secret = row?.secret;
  }

  identifier({ namespace, value }: SubjectIdentifier): string {
    return this.hash(`identifier ${namespace}:${value}`);
  }

  profile(profileId: string): string {
    return this.hash(`profile ${profileId.toLowerCase()}`);
  }

  private hash(text: string): string {
    if (!this.secret) throw new Error('the secret of hashes is not loaded yet');
    return createHmac('sha256', this.secret).update(text).digest('base64url').slice(0, LENGTH);
  }
}
