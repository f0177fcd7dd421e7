import { typingError } from './errors.js';
import { inventedWords } from './invented-words.js';
import type { SeededRandom } from './random.js';
import type { Fields, World } from './world.js';

const COUNTRIES = ['US', 'GB', 'FR', 'ES'];
const OFFICES = ['info@', 'sales@', 'office@'];

/** Business contacts: a whole name, a company address now and then, half of everything missing, no date of birth. */
export function contactList(random: SeededRandom): World {
  const given = inventedWords(random, 300);
  const family = inventedWords(random, 2_000);
  const companies = inventedWords(random, 500).map((name) => `${name}.com`);
  const towns = inventedWords(random, 150);
  return {
    person() {
      const first = random.pickSkewed(given);
      const last = random.pickSkewed(family);
      const host = random.pick(companies);
      return {
        full_name: random.chance(0.3) ? `${first} ${random.pick(given)} ${last}` : `${first} ${last}`,
        // Some mailboxes are a whole office's.
        email: random.chance(0.08) ? random.pick(OFFICES) + host : `${first}.${last}@${host}`,
        phone: `+1${random.between(201, 989)}${random.between(200, 999)}${random.digits(4)}`,
        city: random.pickSkewed(towns),
        country: random.pickSkewed(COUNTRIES),
        occupation: random.pickSkewed(towns),
      };
    },
    again(original) {
      const copy: Fields = { ...original };
      const words = (copy.full_name ?? '').split(' ');
      if (random.chance(0.15)) copy.full_name = [words[0]?.charAt(0), ...words.slice(1)].join(' ');
      else if (random.chance(0.2)) copy.full_name = typingError(copy.full_name ?? '', random);
      else if (words.length > 2) copy.full_name = `${words[0]} ${words[2]}`;
      if (random.chance(0.1)) copy.email = typingError(copy.email ?? '', random);
      if (random.chance(0.1))
        copy.phone = `+1${random.between(201, 989)}${random.between(200, 999)}${random.digits(4)}`;
      for (const field of ['email', 'phone', 'city', 'occupation'] as const)
        if (random.chance(0.35)) copy[field] = random.chance(0.2) ? 'n/a' : undefined;
      return copy;
    },
  };
}
