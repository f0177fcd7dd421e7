import { type Classification, type DataClass, withoutClasses } from '@repartee/governance/domain';

/** What says who somebody is, or what nobody may be judged by. */
const PERSONAL: ReadonlySet<DataClass> = new Set(['identifier', 'contact', 'sensitive']);
/** Of what somebody did: names and titles are of products there. */
const TELLING: ReadonlySet<DataClass> = new Set(['contact', 'sensitive']);

/** Shows as much of a value as helps to recognise it and not to learn it: `a•••@e•••.org`, `A••• S•••`, `••• 23`. */
export function maskText(value: unknown): string {
  if (typeof value !== 'string') return '•••';
  const [, local, domain, ending] = /^(.).*@(.).*(\.[^.]+)$/su.exec(value) ?? [];
  if (local !== undefined) return `${local}•••@${domain}•••${ending}`;
  if (/^[+\d][\d\s().-]{4,}$/.test(value)) return `••• ${value.slice(-2)}`;
  return value
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 4)
    .map((word) => `${[...word][0] ?? ''}•••`)
    .join(' ');
}

/** Traits of somebody who has not proved who they are. */
export function maskTraits(
  traits: Readonly<Record<string, unknown>>,
  classification: Classification,
): Record<string, unknown> {
  const { traits: shown } = hidden({ traits }, PERSONAL, classification);
  return shown as Record<string, unknown>;
}

/** What an event says, for a desk before the person is verified. */
export function maskProperties(type: string | null, properties: unknown, classification: Classification) {
  const classes = type === 'identify' ? PERSONAL : TELLING;
  const root = type === 'identify' ? 'traits' : 'properties';
  return hidden({ [root]: properties }, classes, classification)[root];
}

function hidden(value: object, classes: ReadonlySet<DataClass>, classification: Classification) {
  return withoutClasses(value, classes, classification, maskText) as Record<string, unknown>;
}
