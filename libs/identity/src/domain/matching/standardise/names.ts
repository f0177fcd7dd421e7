import type { SourceFields } from '../match-record.js';
import { toWords } from './fold-text.js';
import { isPlaceholder } from './placeholders.js';

/** Titles, degrees and suffixes: they say what somebody is called, not who it is. */
const TITLES = new Set(
  (
    'mr,mrs,ms,miss,mx,master,dr,doctor,prof,professor,sir,dame,rev,reverend,revd,hon,honourable,capt,captain,' +
    'lt,col,colonel,maj,major,sgt,gen,adm,herr,frau,mme,mlle,monsieur,madame,sig,signora,senor,senora,' +
    'jr,sr,junior,senior,ii,iii,phd,md,mba,esq,obe,mbe,cbe,kcb,bt,bart,baronet'
  ).split(','),
);
const ORDINAL = /^\d+(st|nd|rd|th)$/;
/** Words that begin a family name of several words. */
const PARTICLES = new Set(
  'de,da,do,dos,das,del,della,di,du,la,le,van,von,der,den,ter,ten,zu,al,el,bin,ibn,ben,mac,st,san,santa'.split(
    ',',
  ),
);

export interface StandardName {
  given?: string;
  middle?: string;
  family?: string;
  family2?: string;
}

function nameWords(text: string | undefined): string[] {
  const folded = toWords(text ?? '');
  if (isPlaceholder(folded)) return [];
  return folded
    .split(' ')
    .filter(
      (word) => !TITLES.has(word) && !ORDINAL.test(word) && !/^\d+$/.test(word) && !isPlaceholder(word),
    );
}

const joined = (words: readonly string[]): string | undefined => words.join(' ') || undefined;

/** Reads one line of name: `Smith, John Paul` or `John Paul Smith`, with `van der Berg` kept together. */
function parseFullName(text: string): { given: string[]; middle: string[]; family: string[] } {
  const comma = text.indexOf(',');
  if (comma > 0) {
    const [given, ...middle] = nameWords(text.slice(comma + 1));
    if (given) return { given: [given], middle, family: nameWords(text.slice(0, comma)) };
  }
  const words = nameWords(text);
  if (words.length < 2) return { given: words, middle: [], family: [] };
  let start = words.length - 1;
  while (start > 1 && PARTICLES.has(words[start - 1] as string)) start--;
  return { given: words.slice(0, 1), middle: words.slice(1, start), family: words.slice(start) };
}

/** What is in `words` beyond `known`, each known word taken away once. */
function without(words: readonly string[], known: readonly string[]): string[] {
  const left = [...known];
  return words.filter((word) => {
    const index = left.indexOf(word);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** Given, other and family names. A full name beside its parts only adds what the parts leave out. */
export function standardName(fields: SourceFields): StandardName {
  const first = nameWords(fields.first_name);
  const middle = nameWords(fields.middle_name);
  const family = nameWords(fields.last_name);
  const family2 = nameWords(fields.second_last_name);
  const full = fields.full_name ?? '';
  if (first.length === 0 && family.length === 0 && middle.length === 0) {
    const parsed = parseFullName(full);
    return {
      given: joined(parsed.given),
      middle: joined(parsed.middle),
      family: joined(parsed.family),
      family2: joined(family2),
    };
  }
  const rest = without(nameWords(full), [...first, ...middle, ...family, ...family2]);
  const given = first.length > 0 ? first.slice(0, 1) : rest.splice(0, 1);
  return {
    given: joined(given),
    middle: joined([...first.slice(1), ...middle, ...rest]),
    family: joined(family),
    family2: joined(family2),
  };
}
