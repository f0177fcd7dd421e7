/** What people and systems write when they know nothing. Compared after folding to words. */
const PLACEHOLDERS = new Set(
  (
    'null,none,nil,nan,na,n a,undefined,unknown,unk,not known,not available,not applicable,not given,' +
    'not provided,not specified,unspecified,missing,blank,empty,anonymous,anon,no name,noname,no data,' +
    'tbc,tba,tbd,test,tester,testing,dummy,example,default,deleted,redacted,withheld,refused,other,' +
    'no email,noemail,no phone,nophone,no address,guest,object object,true,false'
  ).split(','),
);

/** One character over and over (`xxx`, `0000`, `--`), or nothing but a single sign. */
const REPEATED = /^(.)\1*$/;

/** True for a folded value that says nothing: it must neither block nor count as agreement. */
export function isPlaceholder(words: string): boolean {
  return (
    words === '' || PLACEHOLDERS.has(words) || (words.length > 2 && REPEATED.test(words.replaceAll(' ', '')))
  );
}

/** The value, or nothing when it is a placeholder. */
export function meaningful(words: string): string | undefined {
  return isPlaceholder(words) ? undefined : words;
}

/** Numbers that fill a mandatory box: all one digit, or counting up or down. */
export function isFillerNumber(digits: string): boolean {
  return (
    REPEATED.test(digits) ||
    (digits.length >= 5 &&
      ('01234567890123456789'.includes(digits) || '98765432109876543210'.includes(digits)))
  );
}
