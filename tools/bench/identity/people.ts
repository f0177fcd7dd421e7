import { european } from '../identity-records/european.js';
import { typingError } from '../identity-records/errors.js';
import { SeededRandom } from '../identity-records/random.js';
import type { Fields } from '../identity-records/world.js';

const SEED = 20_260_201;
const MISTYPED = ['first_name', 'last_name', 'street', 'city'] as const;

/** What a server says of a person in one identify event. */
export interface Introduction {
  userId: string;
  anonymousId?: string;
  traits: Record<string, unknown>;
}

/** Someone the database is filled with. */
export interface BenchPerson {
  number: number;
  /** All that is known of the person; undefined of those who never gave their name. */
  fields?: Fields;
  introduction: Introduction;
}

/** Traits as Segment's specification names them. */
export function traitsOf(fields: Fields): Record<string, unknown> {
  const { first_name, last_name, date_of_birth, gender, street, city, postal_code } = fields;
  return {
    firstName: first_name,
    lastName: last_name,
    birthday: date_of_birth,
    gender,
    address: { street, city, postalCode: postal_code },
  };
}

/** Nobody else has it, unlike the telephone of a household: numbers of +49 151, which has eight digits after it. */
const phoneOf = (number: number) => `+49151${String(10_000_000 + number)}`;

/**
 * Invented people, the same in every run, without end: every second one with name, date of birth, address, e-mail and
 * phone, the others with the id of their device. `bench-<number>` is everybody's user id.
 */
export function* benchPeople(): Generator<BenchPerson, never> {
  const world = european(new SeededRandom(SEED));
  for (let number = 0; ; number += 1) {
    const userId = `bench-${number}`;
    const tier = number % 3 ? 'silver' : 'gold';
    if (number % 2 === 1) {
      const traits = { tier, country: 'DE' };
      yield { number, introduction: { userId, anonymousId: `device-${number}`, traits } };
      continue;
    }
    const fields = world.person();
    const [local, host] = (fields.email ?? '').split('@');
    const email = `${local}.${number}@${host}`;
    const traits = { ...traitsOf(fields), email, phone: phoneOf(number), tier, country: 'DE' };
    yield { number, fields, introduction: { userId, traits } };
  }
}

/** The traits of somebody who was mistyped once or twice, and who gave neither e-mail nor phone. */
export function mistyped(fields: Fields, random: SeededRandom): Record<string, unknown> {
  const copy = { ...fields };
  for (let errors = random.between(1, 2); errors > 0; errors -= 1) {
    const field = random.pick(MISTYPED);
    copy[field] = typingError(copy[field] ?? '', random);
  }
  return traitsOf(copy);
}
