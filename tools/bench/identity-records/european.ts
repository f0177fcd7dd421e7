import { dateError, typingError } from './errors.js';
import { inventedWords } from './invented-words.js';
import type { SeededRandom } from './random.js';
import type { Fields, World } from './world.js';

const HOSTS = ['gmail.com', 'web.de', 'orange.fr', 'outlook.com', 'libero.it', 'telefonica.es'];
const STREET_ENDS = ['straße', 'weg', 'gasse', 'allee', 'platz'];
const ACCENTS: readonly (readonly [string, string])[] = [
  ['ae', 'ä'],
  ['oe', 'ö'],
  ['ie', 'é'],
  ['ss', 'ß'],
];
const two = (part: number): string => String(part).padStart(2, '0');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface Town {
  name: string;
  postal: string;
}

/** What people of a household share. */
interface Home {
  family: string;
  town: Town;
  street: string;
  house: string;
  phone: string;
}

/**
 * Customers of a shop with branches: households under one roof and telephone, people who move, two systems that write
 * differently (whole names, German dates and accents in one), a third of the contact data missing.
 */
export function european(random: SeededRandom): World {
  const given = inventedWords(random, 400);
  const family = inventedWords(random, 3_000);
  const streets = inventedWords(random, 1_500);
  const towns: Town[] = inventedWords(random, 300).map((name) => ({ name, postal: random.digits(5) }));
  let home: Home | undefined;
  const newHome = (): Home => ({
    family: random.pickSkewed(family),
    town: random.pickSkewed(towns),
    street: capital(random.pick(streets)) + random.pick(STREET_ENDS),
    house: String(random.between(1, 120)),
    phone: `+49${random.between(151, 179)}${random.digits(8)}`,
  });
  const place = ({ town, street, house, phone }: Home): Fields => ({
    street: `${street} ${house}`,
    postal_code: town.postal,
    city: capital(town.name),
    phone,
  });
  return {
    person() {
      // A third live with the one before.
      home = home && random.chance(0.35) ? home : newHome();
      const first = random.pickSkewed(given);
      const { family: last } = home;
      const name = random.pick([
        `${first}.${last}`,
        `${first.charAt(0)}${last}`,
        `${first}${random.digits(2)}`,
        random.pick(streets),
      ]);
      return {
        first_name: capital(first),
        last_name: capital(last),
        date_of_birth: `${random.between(1935, 2005)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`,
        gender: random.pick(['male', 'female']),
        ...place(home),
        phone: random.chance(0.5) ? home.phone : `+49${random.between(151, 179)}${random.digits(8)}`,
        email: `${name}@${random.pick(HOSTS)}`,
      };
    },
    again(original) {
      const copy: Fields = { ...original };
      if (random.chance(0.12)) Object.assign(copy, place(newHome()));
      if (random.chance(0.03)) copy.last_name = capital(random.pickSkewed(family));
      for (const field of ['first_name', 'last_name', 'street', 'city', 'email'] as const)
        if (random.chance(0.08)) copy[field] = typingError(copy[field] ?? '', random);
      if (random.chance(0.06)) copy.date_of_birth = dateError(copy.date_of_birth ?? '', random);
      for (const field of ['date_of_birth', 'phone', 'email', 'gender', 'street', 'postal_code'] as const)
        if (random.chance(0.3))
          copy[field] = random.chance(0.3) ? random.pick(['-', 'N/A', 'unknown', ' ']) : undefined;
      return random.chance(0.4) ? otherSystem(copy, random) : copy;
    },
  };
}

/** The second system: whole names, other dates, accents, its own abbreviations. */
function otherSystem({ first_name, last_name, ...rest }: Fields, random: SeededRandom): Fields {
  const accented = (text: string): string =>
    ACCENTS.reduce((out, [plain, accent]) => out.replaceAll(plain, accent), text);
  const [year, month, day] = (rest.date_of_birth ?? '').split('-');
  return {
    ...rest,
    full_name: random.chance(0.5) ? accented(`${first_name} ${last_name}`) : `${last_name}, ${first_name}`,
    date_of_birth: day ? `${day}.${month}.${year}` : undefined,
    gender: rest.gender && rest.gender.charAt(0).toUpperCase(),
    street: rest.street?.replace('straße', 'str.'),
    phone: rest.phone?.replace('+49', '0').replace(/^(\d{4})/, '$1/'),
    city: rest.city?.toUpperCase(),
    email: rest.email?.toUpperCase(),
  };
}
