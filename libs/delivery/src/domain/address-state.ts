import { type ConsentAsked, consentCovers, consentSubject } from '@repartee/profile/domain';

/** What was heard of one address on one channel. Times in milliseconds since the epoch. */
export interface AddressState {
  /** The latest word that it will never work. */
  hard?: { at: number; id: string; cause: string };
  /** The latest temporary failures, newest first. */
  soft?: { at: number; id: string }[];
  /** When somebody was last seen to read what is sent there. */
  proved?: number;
  /** Consent said by the address itself, by the names of consents. */
  said?: Record<string, AddressWord>;
}

export interface AddressWord {
  status: 'granted' | 'denied';
  at: number;
  id: string;
}

/** Something heard of an address. `id` breaks ties of one moment, so that any order ends the same. */
export type AddressNews =
  | { kind: 'bounce'; permanent: boolean; at: number; id: string; cause: string }
  | { kind: 'proof'; at: number }
  | ({ kind: 'consent'; key: string } & AddressWord);

/** This many temporary failures within the window, with nothing delivered since, make an address undeliverable. */
export const SOFT_BOUNCES = 5;
export const SOFT_WINDOW = 30 * 86_400_000;
const MAX_SOFT = 20;
const MAX_SAID = 50;

interface Moment {
  at: number;
  id: string;
}

function newest(a: Moment, b: Moment): number {
  return b.at - a.at || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function later<T extends Moment>(held: T | undefined, heard: T): T {
  return held && newest(held, heard) <= 0 ? held : heard;
}

/** Brings news into what is known of an address. Order and repetition do not matter. */
export function hearOfAddress(state: AddressState, news: AddressNews): AddressState {
  if (news.kind === 'proof') return { ...state, proved: Math.max(state.proved ?? 0, news.at) };
  if (news.kind === 'consent') {
    const { key, status, at, id } = news;
    const said = state.said ?? {};
    const held = Object.hasOwn(said, key) ? said[key] : undefined;
    if (!held && Object.keys(said).length >= MAX_SAID) return state;
    return { ...state, said: { ...said, [key]: later(held, { status, at, id }) } };
  }
  const { at, id, cause } = news;
  if (news.permanent) return { ...state, hard: later(state.hard, { at, id, cause }) };
  const others = (state.soft ?? []).filter((one) => one.id !== id);
  return { ...state, soft: [...others, { at, id }].sort(newest).slice(0, MAX_SOFT) };
}

/** Since when and why nothing may be sent to an address; a later proof that somebody reads there clears it. */
export function undeliverable(
  { hard, soft = [], proved = Number.NEGATIVE_INFINITY }: AddressState,
  now: number,
): { since: number; cause: string } | undefined {
  if (hard && hard.at >= proved) return { since: hard.at, cause: hard.cause };
  const counting = soft.filter(({ at }) => at >= proved && at > now - SOFT_WINDOW);
  const last = counting[SOFT_BOUNCES - 1];
  return (
    last && { since: counting[0]?.at ?? last.at, cause: `${counting.length} temporary failures in a row` }
  );
}

/**
 * Whether the address itself refused what is asked. The person's own newer word on the same consent goes before it.
 * @param grantedAt when the person granted a consent; undefined where they did not
 */
export function addressRefuses(
  { said = {} }: AddressState,
  asked: ConsentAsked,
  grantedAt: (key: string) => number | undefined,
): boolean {
  return Object.entries(said).some(
    ([key, { status, at }]) =>
      status === 'denied' && consentCovers(consentSubject(key), asked) && !((grantedAt(key) ?? -1) > at),
  );
}
