import type { MatchField } from '@repartee/identity/domain';
import { dateError, typingError } from './errors.js';
import { inventedWords } from './invented-words.js';
import type { SeededRandom } from './random.js';
import type { Fields, World } from './world.js';

const STATES = ['nsw', 'vic', 'qld', 'wa', 'sa', 'tas', 'act', 'nt'];
const STREETS = ['street', 'place', 'crescent', 'circuit', 'avenue', 'close', 'court', 'drive'];
const ERRONEOUS: readonly MatchField[] = [
  'first_name',
  'last_name',
  'house_number',
  'street',
  'address_line_2',
  'city',
  'postal_code',
  'region',
  'date_of_birth',
  'social_security_number',
];

/**
 * People as the data set generator of Febrl makes them (Christen and Churches 2005): one to three errors in a
 * duplicate; characters wrong, values missing, names swapped.
 */
export function febrlLike(random: SeededRandom): World {
  const given = inventedWords(random, 1_500);
  const family = inventedWords(random, 12_000);
  const streets = inventedWords(random, 8_000);
  const estates = inventedWords(random, 4_000);
  const towns = inventedWords(random, 2_500).map((name) => ({
    name,
    postal: String(random.between(2000, 7999)),
    state: random.pickSkewed(STATES),
  }));
  return {
    person() {
      const town = random.pickSkewed(towns);
      const born = `${random.between(1910, 1999)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
      return {
        first_name: random.chance(0.02) ? undefined : random.pickSkewed(given),
        last_name: random.pickSkewed(family),
        house_number: String(Math.ceil(random.next() ** 2 * 200)),
        street: `${random.pickSkewed(streets)} ${random.pickSkewed(STREETS)}`,
        address_line_2: random.chance(0.1) ? undefined : random.pickSkewed(estates),
        city: town.name,
        postal_code: town.postal,
        region: town.state,
        date_of_birth: random.chance(0.02) ? undefined : born,
        social_security_number: random.digits(7),
      };
    },
    again(original) {
      const copy: Fields = { ...original };
      for (let errors = random.between(1, 3); errors > 0; errors--) spoil(copy, random);
      return copy;
    },
  };
}

const two = (part: number): string => String(part).padStart(2, '0');

function spoil(record: Fields, random: SeededRandom): void {
  const field = random.pick(ERRONEOUS);
  const value = record[field];
  if (value === undefined) return;
  const kind = random.next();
  if (kind < 0.15 && field !== 'social_security_number') record[field] = undefined;
  else if (kind < 0.2) [record.first_name, record.last_name] = [record.last_name, record.first_name];
  else record[field] = field === 'date_of_birth' ? dateError(value, random) : typingError(value, random);
}
