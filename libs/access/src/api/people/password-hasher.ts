import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Places } from '@repartee/platform';
import { randomBytes } from 'node:crypto';
import { normalizePassword } from '../../domain/index.js';

/** argon2id as the OWASP Password Storage Cheat Sheet has it: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const PHC_START = '$argon2id$v=19$m=19456,t=2,p=1$';

/** Each takes 19 MiB and a thread of the pool that files and names need too. */
const AT_A_TIME = 2;
const MAX_WAITING = 64;

/** Hashes passwords, a few at a time: a crowd that signs in waits its turn, and a flood is told to come back. */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  private readonly places = new Places(AT_A_TIME);
  private present = 0;
  private nobodys = '';

  async onModuleInit(): Promise<void> {
    this.nobodys = await hash(randomBytes(32), PARAMETERS);
  }

  /** @param password of a bounded length */
  hash(password: string): Promise<Result<string>> {
    return this.inTurn(() => hash(normalizePassword(password), PARAMETERS));
  }

  /** Takes as long where there is no hash to compare with: how long it takes tells nothing of whether there is an account. */
  verify(stored: string | null, password: string): Promise<Result<boolean>> {
    return this.inTurn(async () => {
      const same = await verify(stored ?? this.nobodys, normalizePassword(password));
      return stored !== null && same;
    });
  }

  /** Whether a hash was made with less than we ask for now. */
  isOutdated(stored: string): boolean {
    return !stored.startsWith(PHC_START);
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<Result<T>> {
    if (this.present >= AT_A_TIME + MAX_WAITING)
      return fail(
        failure('ACCESS.SIGN_IN_BUSY', 'Many people sign in right now; try again', { retryAfter: 2 }),
      );
    this.present += 1;
    try {
      await this.places.acquire();
      try {
        return ok(await work());
      } finally {
        this.places.release();
      }
    } finally {
      this.present -= 1;
    }
  }
}
