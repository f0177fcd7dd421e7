/** Words that Twilio takes for an opt-out by default, and their French forms that Canadian carriers ask for. */
const OPT_OUT = new Set([
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT',
  'ARRET',
  'ARRETE',
  'ARRETER',
]);
const OPT_IN = new Set(['START', 'YES', 'UNSTOP']);
const ACCENTS = /\p{Mn}/gu;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}]+/gu;

/** What a whole message says when it is but a word: `Stop!`, `opt out` and `STOP ALL` count. */
export function optWordOf(text: string): 'opt-out' | 'opt-in' | undefined {
  const word = wordOf(text);
  if (OPT_OUT.has(word)) return 'opt-out';
  return OPT_IN.has(word) ? 'opt-in' : undefined;
}

export function isOptOutWord(word: string): boolean {
  return OPT_OUT.has(wordOf(word));
}

/** Whether it may be meant for us as well: somebody was asked a question and says yes. */
export function mayBeAnswer(text: string): boolean {
  return wordOf(text) === 'YES';
}

function wordOf(text: string): string {
  return text.normalize('NFKD').replace(ACCENTS, '').replace(NEITHER_LETTER_NOR_DIGIT, '').toUpperCase();
}
