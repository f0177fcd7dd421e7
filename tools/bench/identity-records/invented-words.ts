import type { SeededRandom } from './random.js';

const STARTS = 'b,br,c,ch,d,dr,f,fl,g,gr,h,j,k,l,m,n,p,r,s,sh,st,t,th,tr,v,w'.split(',');
const VOWELS = 'a,e,i,o,u,ai,ea,ie,o,a,e'.split(',');
const ENDS = 'n,l,r,s,t,ck,nd,m,rt,ll,tt,ng,th,,,'.split(',');

function word(random: SeededRandom, syllables: number): string {
  let out = '';
  for (let i = 0; i < syllables; i++) out += random.pick(STARTS) + random.pick(VOWELS);
  return out + random.pick(ENDS);
}

/** Distinct invented words: no list of real names is needed, and none is hidden in the figures. */
export function inventedWords(random: SeededRandom, count: number, longest = 3): string[] {
  const words = new Set<string>();
  while (words.size < count) words.add(word(random, random.between(1, longest)));
  return [...words];
}
