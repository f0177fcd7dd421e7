const SYLLABLES = [
  'an',
  'bel',
  'cor',
  'da',
  'el',
  'fin',
  'gre',
  'hu',
  'is',
  'jo',
  'ka',
  'lun',
  'mir',
  'no',
  'or',
  'ste',
];
const CHUNK = 64 * 1024;
/** Of so many rows one cannot become an event. */
const BROKEN = 1000;

/** A small generator of numbers (mulberry32, public domain), so that every run has the same file. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What a generated file holds, known once it was read to its end. */
export interface FileFacts {
  bytes: number;
  rows: number;
  broken: number;
}

/** The columns of the file and what they become. */
export const MAPPING = {
  fields: [
    { from: 'id', to: 'userId' },
    { from: 'first_name', to: 'traits.firstName' },
    { from: 'last_name', to: 'traits.lastName' },
    { from: 'email', to: 'traits.email', as: 'email' },
    { from: 'born', to: 'traits.birthday', as: 'date' },
    { from: 'city', to: 'traits.address.city' },
    { from: 'spent', to: 'traits.spent', as: 'number' },
    { from: 'note', to: 'traits.note' },
  ],
};

const SENTENCE = 'Says ""hello"", asks for the blue one, wants to be called back on Monday. ';

function rowOf(id: number, broken: boolean, next: () => number): string {
  const upTo = (most: number) => Math.floor(next() * most);
  // As many different names as people have: files of a few names would measure how one meets crowds of namesakes.
  const name = (syllables: number) =>
    Array.from({ length: syllables }, () => SYLLABLES[upTo(SYLLABLES.length)]).join('');
  const [first, last] = [name(3), name(4)];
  const email = broken ? 'nobody' : `${first}.${id}@example.org`;
  const born = `${1940 + upTo(65)}-0${1 + upTo(9)}-1${upTo(10)}`;
  const note = `"${SENTENCE.repeat(upTo(9))}${upTo(1e9)}"`;
  return [id, first, last, email, born, `City ${upTo(9000)}`, upTo(1e5) / 100, note].join(',');
}

/** People as CSV, `bytes` of them or a little more, made while they are read. One row in a thousand is broken. */
export function* peopleFile(bytes: number, facts: FileFacts, seed = 7): Generator<Buffer> {
  const next = numbers(seed);
  let text = 'id,first_name,last_name,email,born,city,spent,note\n';
  while (facts.bytes + text.length < bytes) {
    facts.rows += 1;
    const broken = facts.rows % BROKEN === 0;
    facts.broken += broken ? 1 : 0;
    text += `${rowOf(facts.rows, broken, next)}\n`;
    if (text.length < CHUNK) continue;
    const piece = Buffer.from(text);
    facts.bytes += piece.length;
    text = '';
    yield piece;
  }
  const piece = Buffer.from(text);
  facts.bytes += piece.length;
  yield piece;
}
