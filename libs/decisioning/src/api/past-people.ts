import { Injectable } from '@nestjs/common';
import { fail, type Result } from '@repartee/contracts';
import type { ProfileView } from '@repartee/profile/domain';
import type { Receipt } from '../domain/index.js';

/** The person of a receipt as they were then; or why that cannot be told. */
export type PastPerson = (receipt: Receipt) => Promise<Result<ProfileView, string>>;

/** Who knows people as they were registers here: golden records are put together again above this scope. */
@Injectable()
export class PastPeople {
  private source: PastPerson | null = null;

  register(source: PastPerson): void {
    this.source = source;
  }

  async of(receipt: Receipt): Promise<Result<ProfileView, string>> {
    return this.source?.(receipt) ?? fail('Nobody keeps what people were like.');
  }
}
