import type { z } from 'zod';
import type { ColumnGuess } from './guess-column.js';
import { type fieldSchema, type Mapping, mappingSchema } from './mapping.js';

type Proposed = z.input<typeof fieldSchema>;

/** Words by which columns are commonly called, and the trait they hold (Segment spec, "Identify: traits"). */
const TRAITS: readonly (readonly [RegExp, string])[] = [
  [/^(first|given|fore|christian)[\s_-]?name$|^vorname$|^pr[eé]nom$|^nombre$/i, 'firstName'],
  [/^(last|family|sur)[\s_-]?name$|^nachname$|^nom$|^apellidos?$/i, 'lastName'],
  [/^(full[\s_-]?)?name$/i, 'name'],
  [/^(birth[\s_-]?day|(date[\s_-]?of[\s_-]?birth|birth[\s_-]?date|dob)|geburts(tag|datum))$/i, 'birthday'],
  [/^(street([\s_-]?address)?|address|stra(ss|ß)e|rue|calle)$/i, 'address.street'],
  [/^(city|town|ort|stadt|ville|ciudad)$/i, 'address.city'],
  [/^(zip([\s_-]?code)?|post(al)?[\s_-]?code|plz)$/i, 'address.postalCode'],
  [/^(state|region|bundesland|province)$/i, 'address.state'],
  [/^(country([\s_-]?code)?|land|pays)$/i, 'address.country'],
  [/^(gender|sex|geschlecht)$/i, 'gender'],
];
const PERSON = /^(user|customer|client|member|kunden|person)[\s_-]?(id|nr|no|number|nummer)?$/i;
const LOYALTY = /loyalty|club|card|bonus|treue/i;
const EVENT = /^(event([\s_-]?(name|type))?|activity|action)$/i;
const TIME = /(^|[\s_-])(timestamp|time|date|datum|at|on|when)$|^(datum|bestelldatum|orderdate)/i;
const ORDER = /^order[\s_-]?(id|nr|no|number)$|^bestell(ung|nummer|nr)/i;

/** What is known of a file when a mapping is proposed. */
export interface FileFacts {
  format: 'csv' | 'ndjson';
  columns: readonly ColumnGuess[];
  header: boolean;
}

/** Proposes a mapping: orders and happenings become events, everything else people. A person looks it over. */
export function proposeMapping(facts: FileFacts): Mapping {
  const columns = facts.columns.filter((column) => column.filled > 0);
  const type =
    columns.some(isOrder) || columns.some((column) => EVENT.test(leaf(column))) ? 'track' : 'identify';
  const used = new Set<string>();
  const fields: Proposed[] = [];
  for (const column of columns) {
    const target = targetOf(column, type, used);
    used.add(target);
    fields.push(fieldOf(column, target));
  }
  if (type === 'track' && !used.has('event')) fields.push({ value: 'Order Completed', to: 'event' });
  const order = columns.find(isOrder);
  const oneEventARow = !columns.some((column) => column.name.includes('[]'));
  return mappingSchema.parse({
    type,
    fields: fields.length > 0 ? fields : [{ value: true, to: 'traits.imported' }],
    ...(order && oneEventARow && { key: [order.name] }),
    format: facts.format,
    ...(facts.format === 'csv' && { header: facts.header }),
  });
}

function isOrder(column: ColumnGuess): boolean {
  return ORDER.test(leaf(column));
}

/** A column's name; of a path its last. */
function leaf({ name }: ColumnGuess): string {
  if (!name.startsWith('$')) return name;
  const steps = name.split(/[.[\]"$]+/).filter((step) => step !== '');
  return steps.at(-1) ?? name;
}

function targetOf(column: ColumnGuess, type: Mapping['type'], used: ReadonlySet<string>): string {
  const place = type === 'track' ? 'properties' : 'traits';
  const free = (target: string) => (used.has(target) ? undefined : target);
  return (
    wellKnown(column, type, free) ??
    free(`${place}.${plainName(leaf(column))}`) ??
    `${place}.${plainName(column.name)}`
  );
}

function wellKnown(
  column: ColumnGuess,
  type: Mapping['type'],
  free: (target: string) => string | undefined,
): string | undefined {
  const name = leaf(column);
  if (PERSON.test(name)) return free('userId');
  if (/^anonymous[\s_-]?id$/i.test(name)) return free('anonymousId');
  if (type === 'track' && EVENT.test(name)) return free('event');
  if (type === 'track' && column.type === 'date' && TIME.test(name)) return free('timestamp');
  if (LOYALTY.test(name) && column.type === 'id') return free('identifiers.loyalty_id');
  if (column.type === 'email') return free(type === 'track' ? 'identifiers.email' : 'traits.email');
  if (column.type === 'phone') return free(type === 'track' ? 'identifiers.phone' : 'traits.phone');
  if (type === 'track') return ORDER.test(name) ? free('properties.order_id') : undefined;
  const trait = TRAITS.find(([pattern]) => pattern.test(name));
  return trait && free(`traits.${trait[1]}`);
}

function fieldOf(column: ColumnGuess, to: string): Proposed {
  const { name, type, format, decimal } = column;
  const converted = type !== 'id' && type !== 'text' && type !== 'json';
  return {
    from: name,
    to,
    ...(converted && { as: type }),
    ...(format !== undefined && { format }),
    ...(decimal && { decimal }),
    ...(converted && column.unlike > 0 && { invalid: 'omit' as const }),
  };
}

/** A column's name as one step of a path. */
function plainName(name: string): string {
  const plain = name
    .replaceAll(/[.\s[\]$#"']+/g, '_')
    .replaceAll(/\p{Cc}/gu, '')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 100);
  return plain === '' || plain === '__proto__' || plain === 'constructor' || plain === 'prototype'
    ? 'value'
    : plain;
}
