import { reasonFor } from '../decide/index.js';
import { answersOf, type Foreseen, type ZoneAnswer } from './foreseen.js';

/** So many different moves are told apart; what goes beyond is counted together. */
const MOST_MOVES = 2000;

/** From what to what one place of a zone goes; null: nothing. */
export interface Move {
  zone: string;
  /** From 1. */
  place: number;
  from: string | null;
  to: string | null;
  people: number;
}

/** Whose answer changes, and how. */
export interface ChangesReport {
  people: number;
  share: number;
  /** Who is shown something and was not, and the other way round. */
  gained: number;
  lost: number;
  /** The most frequent first. */
  moves: Move[];
  /** People in moves beyond those. */
  otherMoves: number;
}

/** One person whose answer changes. */
export interface ChangedAnswer {
  zones: { zone: string; from: string[]; to: string[] }[];
  /** Why offers went, or came, in words. */
  why: { offer: string; now: boolean; reason: string }[];
}

/** Compares what would be shown with what is shown. */
export class Changes {
  private people = 0;
  private changed = 0;
  private gained = 0;
  private lost = 0;
  private otherMoves = 0;
  private readonly moves = new Map<string, Move>();

  /** @returns what changes for this person; null when nothing does */
  add(published: Foreseen, draft: Foreseen): ChangedAnswer | null {
    this.people += 1;
    const before = answersOf(published);
    const after = answersOf(draft);
    const zones = after.flatMap((answer, number) => this.compare(before[number]!, answer));
    if (zones.length === 0) return null;
    this.changed += 1;
    if (!isServed(before)) this.gained += 1;
    if (!isServed(after)) this.lost += 1;
    return { zones, why: whyOf(published, draft) };
  }

  report(): ChangesReport {
    const { people, changed, gained, lost, otherMoves } = this;
    const moves = [...this.moves.values()].sort((a, b) => b.people - a.people);
    return { people: changed, share: people === 0 ? 0 : changed / people, gained, lost, moves, otherMoves };
  }

  private compare({ offers: from }: ZoneAnswer, { zone, count, offers: to }: ZoneAnswer) {
    let differs = false;
    for (let place = 0; place < count; place += 1) {
      const [old = null, fresh = null] = [from[place], to[place]];
      if (old === fresh) continue;
      differs = true;
      this.note(zone, place + 1, old, fresh);
    }
    return differs ? [{ zone, from, to }] : [];
  }

  private note(zone: string, place: number, from: string | null, to: string | null): void {
    const key = JSON.stringify([zone, place, from, to]);
    const held = this.moves.get(key);
    if (held) held.people += 1;
    else if (this.moves.size < MOST_MOVES) this.moves.set(key, { zone, place, from, to, people: 1 });
    else this.otherMoves += 1;
  }
}

function isServed(zones: readonly ZoneAnswer[]): boolean {
  return zones.some(({ offers }) => offers.length > 0);
}

/** Of every offer that is shown on one side alone: what the draft, or else what is published, says of it. */
function whyOf(published: Foreseen, draft: Foreseen): ChangedAnswer['why'] {
  const before = shownIn(published);
  const after = shownIn(draft);
  const differing = [...new Set([...before, ...after])].filter((key) => before.has(key) !== after.has(key));
  return differing.map((offer) => ({ offer, now: after.has(offer), reason: reasonIn(draft, offer) }));
}

function shownIn(foreseen: Foreseen): Set<string> {
  return new Set(answersOf(foreseen).flatMap(({ offers }) => offers));
}

function reasonIn({ decision, control }: Foreseen, key: string): string {
  if (control !== null) return `The person is in the control group (${control}).`;
  const found = decision.evaluations.find(({ offer }) => offer.key === key);
  return found ? reasonFor(found) : 'It cannot be shown in these zones.';
}
