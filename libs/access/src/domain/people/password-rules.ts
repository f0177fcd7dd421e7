/** NIST SP 800-63B-4, section 3.1.1.2, wants at least 8 characters beside a second factor and up to 64 at least. */
export const MIN_PASSWORD = 12;
/** Longer is refused before anything is computed: hashing must not be a way to keep us busy. */
export const MAX_PASSWORD = 256;
const MIN_DIFFERENT = 5;
const MIN_RUN = 4;

/** What the most used passwords are made of, beside figures and signs at their ends. */
const COMMON = [
  ...['password', 'passwort', 'passw', 'pass', 'parol', 'admin', 'administrator', 'root', 'user', 'guest'],
  ...['welcome', 'letmein', 'login', 'secret', 'changeme', 'change', 'default', 'test', 'testing', 'temp'],
  ...['qwerty', 'qwertz', 'azerty', 'asdf', 'zxcv', 'iloveyou', 'love', 'monkey', 'dragon', 'sunshine'],
  ...['princess', 'football', 'baseball', 'soccer', 'hockey', 'master', 'superman', 'batman', 'shadow'],
  ...['michael', 'jordan', 'hello', 'freedom', 'whatever', 'trustno', 'computer', 'internet', 'samsung'],
  ...['summer', 'winter', 'spring', 'autumn', 'monday', 'friday', 'january', 'december', 'company', 'office'],
  ...['repartee', 'callcenter', 'agent', 'supervisor', 'marketer', 'my', 'the', 'is', 'me', 'new', 'your'],
];
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
];
const RUNS = ROWS.flatMap((row) => [row, [...row].reverse().join('')]);

/** One spelling for the same keys pressed on different machines, as NIST SP 800-63B-4 asks for. */
export function normalizePassword(password: string): string {
  return password.normalize('NFKC');
}

/**
 * Says why a new password would not do, or undefined. No rule asks for kinds of characters: length and surprise count.
 * @param own words that everybody who knows the person would try: their name, their address
 */
export function flawOfPassword(password: string, own: readonly string[] = []): string | undefined {
  if (password.length > MAX_PASSWORD) return `must have at most ${MAX_PASSWORD} characters`;
  const characters = [...normalizePassword(password)];
  if (characters.length < MIN_PASSWORD) return `must have at least ${MIN_PASSWORD} characters`;
  const text = characters.join('').toLowerCase();
  if (new Set(characters).size < MIN_DIFFERENT) return 'repeats too few characters';
  if (isRuns(text)) return 'is a row of keys or figures that many people use';
  if (madeOf(text, COMMON)) return 'is one that many people use';
  const names = own
    .flatMap((word) => word.toLowerCase().split(/[^\p{Letter}]+/u))
    .filter((word) => word.length > 2);
  if (madeOf(text, [...COMMON, ...names])) return 'is made of your name or address';
  return undefined;
}

/** Whether nothing is left once the known words, figures and signs are taken away, however they are disguised. */
function madeOf(text: string, words: readonly string[]): boolean {
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length);
  const rest = (spelled: string) => longestFirst.reduce((left, word) => left.replaceAll(word, ' '), spelled);
  const letters = (spelled: string) => rest(spelled).replace(/[^\p{Letter}]/gu, '').length;
  // Figures at the ends are years and counts; within a word they stand for letters.
  const core = text.replace(/^[^\p{Letter}]+|[^\p{Letter}]+$/gu, '');
  const plain = core.replace(/[013457@$!]/g, (sign) => LEET[sign] ?? sign);
  return letters(text) === 0 || letters(plain) === 0;
}

/** Whether the text is nothing but pieces of rows, such as `abcd1234qwer`, and what repeats. */
function isRuns(text: string): boolean {
  let left = text;
  while (left !== '') {
    const length = longestRun(left);
    if (length < MIN_RUN) return false;
    left = left.slice(length);
  }
  return true;
}

function longestRun(text: string): number {
  const repeated = /^(.)\1*/su.exec(text)?.[0].length ?? 0;
  let longest = repeated;
  for (let length = text.length; length > longest; length -= 1)
    if (RUNS.some((row) => row.includes(text.slice(0, length)))) longest = length;
  return longest;
}
