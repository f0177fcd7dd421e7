import type { StandardFields } from '../standard-fields.js';
import { MISSING } from './comparison.js';

/** Names shorter than this are found in too many addresses. */
const SHORTEST = 4;

function holds(email: string, name: string | undefined): boolean {
  return name !== undefined && name.length >= SHORTEST && email.slice(0, email.indexOf('@')).includes(name);
}

function compareOneWay(email: string, other: StandardFields): number {
  const { given, family } = other;
  if ((given?.length ?? 0) < SHORTEST && (family?.length ?? 0) < SHORTEST) return MISSING;
  return holds(email, given) || holds(email, family) ? 0 : 1;
}

/** Whether one record's e-mail address holds the other's name, asked only where the two addresses cannot be compared. */
export function nameInEmail(a: StandardFields, b: StandardFields): number {
  if ((a.email === undefined) === (b.email === undefined)) return MISSING;
  return a.email !== undefined ? compareOneWay(a.email, b) : compareOneWay(b.email as string, a);
}
