/** One identifier of a person, in the one form that identity keeps it in. */
export interface SubjectIdentifier {
  readonly namespace: string;
  readonly value: string;
}

/** An event of the log that is about a person. */
export interface EventReference {
  readonly id: string;
  /** When the log received it, in milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** The person that a privacy request is about, in every form by which data may know them. */
export interface DataSubject {
  /** The profile's id and the ids of all profiles merged into it. */
  readonly profileIds: readonly string[];
  readonly identifiers: readonly SubjectIdentifier[];
  /** Values by which the person may be named in free-form data: identifiers and contact details, as they were written. */
  readonly spellings: readonly string[];
  /** Events that are known to be theirs. */
  readonly events: readonly EventReference[];
}

/** Values of the person's identifiers: of all, or of these namespaces. */
export function valuesOf({ identifiers }: DataSubject, ...namespaces: readonly string[]): string[] {
  const wanted = identifiers.filter(
    ({ namespace }) => namespaces.length === 0 || namespaces.includes(namespace),
  );
  return wanted.map(({ value }) => value);
}

/** What a query for the person's rows takes: the ids of their profiles, and {@link valuesOf} their identifiers. */
export function profilesAndValues(
  subject: DataSubject,
  ...namespaces: readonly string[]
): [profileIds: readonly string[], values: string[]] {
  return [subject.profileIds, valuesOf(subject, ...namespaces)];
}

/** Shorter texts name too many things to be searched for outside fields that are known to hold identifiers. */
export const SHORTEST_SPELLING = 4;
const MAX_DEPTH = 64;

function fold(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

/** By which texts to look for a person in free-form data. Case and surrounding space do not count. */
export function spellingsOf(texts: Iterable<unknown>): string[] {
  const spellings = new Set<string>();
  for (const text of texts) {
    const value = typeof text === 'number' ? String(text) : text;
    if (typeof value === 'string' && fold(value).length >= SHORTEST_SPELLING) spellings.add(fold(value));
  }
  return [...spellings];
}

/** Whether some text within a JSON value, or the name of a member, is one of these spellings. */
export function names(value: unknown, spellings: ReadonlySet<string>, depth = 0): boolean {
  if (typeof value === 'string') return spellings.has(fold(value));
  if (typeof value === 'number') return spellings.has(String(value));
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false;
  return Object.entries(value).some(
    ([key, held]) => spellings.has(fold(key)) || names(held, spellings, depth + 1),
  );
}
