import type { SourceFields } from '../match-record.js';
import { toWords } from './fold-text.js';
import { meaningful } from './placeholders.js';

/** Common words of addresses and the short form that stands for them. */
const SHORT_FORMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    st: 'street,str,strasse,strase,straat,gata,gade,stret',
    rd: 'road',
    av: 'avenue,ave,avenida,avda,aven',
    dr: 'drive,drv',
    ln: 'lane',
    pl: 'place,platz,plaza,plein',
    ct: 'court,crt',
    cr: 'crescent,cres,cresc',
    cl: 'close,clos',
    sq: 'square',
    tce: 'terrace,ter,terr',
    cct: 'circuit,circ,cir',
    bl: 'boulevard,blvd,bvd',
    hw: 'highway,hwy',
    pk: 'park,prk',
    gr: 'grove,grv',
    pde: 'parade,prd',
    wy: 'way',
    apt: 'apartment,appartement,wohnung,piso',
    fl: 'flat',
    un: 'unit',
    vlg: 'village,vlge',
    ret: 'retirement,retrmnt',
    mt: 'mount,mountain',
    n: 'north',
    s: 'south',
    e: 'east',
    w: 'west',
    c: 'calle',
    r: 'rue',
    v: 'via',
  }).flatMap(([short, words]) => words.split(',').map((word) => [word, short] as const)),
);

const NUMBER = /^\d+[a-z]?$/;

function addressWords(text: string | undefined): string[] {
  const folded = meaningful(toWords(text ?? ''));
  return folded ? folded.split(' ').map((word) => SHORT_FORMS.get(word) ?? word) : [];
}

const joined = (words: readonly string[]): string | undefined => words.join(' ') || undefined;

export interface StandardAddress {
  house?: string;
  street?: string;
  line2?: string;
  city?: string;
  region?: string;
  postal?: string;
  country?: string;
  address?: string;
}

/** House and street of one line: the number may lead, as in English, or follow, as in German. */
function houseAndStreet(words: readonly string[]): { house?: string; street: readonly string[] } {
  if (words.length < 2) return { street: words };
  if (NUMBER.test(words[0] as string)) return { house: words[0], street: words.slice(1) };
  const last = words.findLastIndex((word) => NUMBER.test(word));
  if (last < 1) return { street: words };
  return { house: words[last], street: words.filter((_, index) => index !== last) };
}

/** Parts of an address. `address` holds all words of it, for sources that know one line only. */
export function standardAddress(fields: SourceFields): StandardAddress {
  const street = addressWords(fields.street);
  const house = addressWords(fields.house_number).join('');
  const parts = house ? { house, street } : houseAndStreet(street);
  const line2 = addressWords(fields.address_line_2);
  const city = meaningful(toWords(fields.city ?? ''));
  const postal = meaningful(toWords(fields.postal_code ?? ''))?.replaceAll(' ', '');
  const full = addressWords(fields.full_address);
  const composed = [parts.house ?? '', ...parts.street, ...line2, city ?? '', postal ?? ''].filter(
    (word) => word,
  );
  return {
    house: meaningful(parts.house ?? ''),
    street: joined(parts.street),
    line2: joined(line2),
    city,
    region: meaningful(toWords(fields.region ?? '')),
    postal: postal === undefined || /^0+$/.test(postal) ? undefined : postal,
    country: meaningful(toWords(fields.country ?? '')),
    address: joined(full.length > 0 ? full : parts.street.length > 0 ? composed : []),
  };
}
