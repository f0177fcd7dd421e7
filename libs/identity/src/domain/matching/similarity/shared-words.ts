const SPACE = 32;

function endOfWord(text: string, start: number): number {
  const end = text.indexOf(' ', start);
  return end < 0 ? text.length : end;
}

function hasWord(text: string, from: string, start: number, end: number): boolean {
  const length = end - start;
  for (let at = 0; at + length <= text.length;) {
    const stop = endOfWord(text, at);
    if (stop - at === length) {
      let same = 0;
      while (same < length && text.charCodeAt(at + same) === from.charCodeAt(start + same)) same++;
      if (same === length) return true;
    }
    at = stop + 1;
  }
  return false;
}

function countWords(text: string): number {
  let count = 1;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === SPACE) count++;
  return count;
}

/** Words that both have, as a share of the words of the longer. Words are parted by one space. */
export function sharedWords(a: string, b: string): number {
  // A word said twice counts from either side alike.
  return a < b ? countShared(a, b) : countShared(b, a);
}

function countShared(a: string, b: string): number {
  const left = countWords(a);
  const right = countWords(b);
  if (left === 1 && right === 1) return a === b ? 1 : 0;
  let common = 0;
  for (let start = 0; start < a.length;) {
    const end = endOfWord(a, start);
    if (hasWord(b, a, start, end)) common++;
    start = end + 1;
  }
  return common / Math.max(left, right);
}
