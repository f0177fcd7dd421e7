import { type Identifier, keyOf } from '../identifier.js';
import { DEVICE, type NamespacePolicies, policyOf } from '../namespace-policy.js';
import type { Statement } from '../source-record.js';
import { claimKey, isDevice } from './node.js';

/** An event as identity sees it. */
export interface IdentityEvent {
  id: string;
  /** Event time, milliseconds since the epoch. */
  at: number;
  /** True when the sender proved who it is. */
  verified: boolean;
  /** Normalised. */
  identifiers: Identifier[];
  /** An alias call's former id, a user's or a device's: the same person, by the sender's explicit word. */
  formerId?: string;
  /** Somebody signed out on the device. */
  signsOut?: boolean;
  /** What a trusted source says of the person: only that is matched. */
  statement?: Statement;
}

/**
 * Two things that an event named together, `b` the weaker one; the earliest event of all that say so is kept.
 * `event` and `alias` are proved; a `claim` is not, and then `a` is who claims.
 */
export interface Link {
  a: string;
  b: string;
  rule: 'event' | 'alias' | 'claim';
  /** Event time, milliseconds since the epoch. */
  at: number;
  eventId: string;
}

/** Somebody signed out on a device. */
export interface SignOut {
  device: string;
  at: number;
  eventId: string;
}

/** What one event says of who is who. */
export interface Evidence {
  links: Link[];
  signOuts: SignOut[];
  /** Keys of the identifiers it proves; devices that it saw are among them. */
  seen: { key: string; verified: boolean }[];
  /** Where the event may belong, best first. */
  anchors: string[];
}

export function isProof({ rule }: Pick<Link, 'rule'>): boolean {
  return rule !== 'claim';
}

/** What makes two links the same. */
export function linkKey({ a, b, rule }: Pick<Link, 'a' | 'b' | 'rule'>): string {
  return `${a}\u0000${b}\u0000${rule}`;
}

/** Earlier wins, and the id breaks ties: the same in every order of arrival. */
export function isEarlier(a: { at: number; eventId: string }, b: { at: number; eventId: string }): boolean {
  return a.at !== b.at ? a.at < b.at : a.eventId < b.eventId;
}

/** Reads what an event says. Pure: the same event always says the same. */
export function evidenceOf(event: IdentityEvent, policies: NamespacePolicies): Evidence {
  const priority = ({ namespace }: Identifier) => policyOf(namespace, policies).priority;
  const identifiers = [...event.identifiers].sort((a, b) => priority(a) - priority(b));
  return event.verified ? proved(event, identifiers) : claimed(event, identifiers, policies);
}

function proved(event: IdentityEvent, identifiers: Identifier[]): Evidence {
  const keys = identifiers.map(keyOf);
  const [head, ...others] = keys;
  const { at, id: eventId } = event;
  const link = (b: string, rule: Link['rule']) => ({ a: head ?? b, b, rule, at, eventId });
  const links = others.map((key) => link(key, 'event'));
  const seen = keys.map((key) => ({ key, verified: true }));
  if (head !== undefined && !isDevice(head) && event.formerId !== undefined) {
    const former = keyOf({ namespace: 'user_id', value: event.formerId });
    if (former !== head) {
      links.push(link(former, 'alias'), link(keyOf({ namespace: DEVICE, value: event.formerId }), 'event'));
    }
  }
  return { links, signOuts: signOutsOf(event), seen, anchors: keys };
}

function claimed(event: IdentityEvent, identifiers: Identifier[], policies: NamespacePolicies): Evidence {
  const { at, id: eventId } = event;
  const claim = (a: string, b: string): Link => ({ a, b, rule: 'claim', at, eventId });
  const device = identifiers.find(({ namespace }) => namespace === DEVICE);
  const people = identifiers.filter((identifier) => identifier !== device);
  const person = device
    ? people.find(({ namespace }) => policyOf(namespace, policies).limit === 1)
    : people[0];
  const where = device ? keyOf(device) : '';
  const who = person ? keyOf(person) : '';
  const anchor = person ? claimKey(who, where) : where;
  const links = people
    .filter((identifier) => identifier !== person)
    .map((identifier) => claim(anchor, keyOf(identifier)));
  if (person) links.unshift(claim(device ? where : who, who));
  return {
    links,
    signOuts: signOutsOf(event),
    seen: device ? [{ key: where, verified: false }] : [],
    anchors: anchor === '' ? [] : [anchor],
  };
}

function signOutsOf(event: IdentityEvent): SignOut[] {
  if (!event.signsOut) return [];
  return event.identifiers
    .filter(({ namespace }) => namespace === DEVICE)
    .map((device) => ({ device: keyOf(device), at: event.at, eventId: event.id }));
}
