import { Injectable } from '@nestjs/common';
import { fail, ok, type Result } from '@repartee/contracts';
import { FIRST_DRAWS, firstPlacesOf, type Receipt } from '../domain/index.js';
import { PastPeople } from './past-people.js';
import { Receipts } from './receipts.js';
import { Replays } from './replays.js';

/** A receipt with the chances of first places, or with the reason why they cannot be told. */
export type CompletedReceipt = Receipt & { chancesUnknown: string | null };

/**
 * Works out how likely the final arbitration was to show what it showed: by taking the decision again with other draws, once
 * for each receipt that somebody reads, never while deciding. What was found is kept in the receipt.
 */
@Injectable()
export class FirstChances {
  constructor(
    private readonly receipts: Receipts,
    private readonly replays: Replays,
    private readonly people: PastPeople,
  ) {}

  async complete(receipt: Receipt): Promise<CompletedReceipt> {
    if (receipt.zones.every(({ first }) => first !== null)) return { ...receipt, chancesUnknown: null };
    const found = await this.find(receipt);
    return found.ok
      ? { ...found.value, chancesUnknown: null }
      : { ...receipt, chancesUnknown: found.failure };
  }

  private async find(receipt: Receipt): Promise<Result<Receipt, string>> {
    const person = await this.people.of(receipt);
    if (!person.ok) return person;
    const { differences, propensities } = await this.replays.again(receipt, person.value);
    if (differences.length > 0) return fail('Taken again, the decision comes out otherwise.');
    if (propensities.asRecorded > 0) return fail('The part of the log that models had learned from is gone.');
    const count = await this.replays.firstPlaces(receipt, person.value, FIRST_DRAWS);
    const candidates = receipt.candidates.map(({ offer }) => offer);
    const stored = count.stored(candidates);
    await this.receipts.keepFirstPlaces(receipt.decisionId, stored);
    const chances = firstPlacesOf(stored, candidates);
    const zones = receipt.zones.map((zone, number) => ({ ...zone, first: chances[number] ?? null }));
    return ok({ ...receipt, zones });
  }
}
