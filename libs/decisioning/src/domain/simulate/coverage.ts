import type { DropRule, Evaluation } from '../decide/index.js';
import type { Foreseen } from './foreseen.js';

/** An amount of each currency; offers without one count under null. */
export interface Worth {
  currency: string | null;
  /** Σ expected P × value over everything that would be shown. */
  total: number;
  perPerson: number;
}

/** How far one offer gets. */
export interface OfferCoverage {
  offer: string;
  /** Who would be shown it, in whatever zone, and their share of all. */
  people: number;
  share: number;
  /** Σ expected P × value, in `currency`. */
  expectedValue: number;
  currency: string | null;
  /** By zone, how many would have it in the first place, the second and so on. */
  zones: { zone: string; places: number[] }[];
  /** By rule, from how many it would be kept. */
  dropped: Partial<Record<DropRule, number>>;
}

/** What people would be shown. */
export interface CoverageReport {
  people: number;
  /** Who would be shown any offer. */
  served: number;
  /** Who is in a control group. */
  control: number;
  expectedValue: Worth[];
  /** By zone, how many places would be filled, from the first on. */
  zones: { zone: string; places: number[] }[];
  /** Every offer that was considered, in key order. */
  offers: OfferCoverage[];
}

/** What one group of people would be shown, in brief. */
export interface ReachReport {
  people: number;
  served: number;
  expectedValue: Worth[];
  offers: { offer: string; people: number; share: number }[];
}

interface OfferTally {
  people: number;
  worth: number;
  currency: string | null;
  zones: Map<string, number[]>;
  dropped: Map<DropRule, number>;
}

/** Counts what people would be shown. */
export class Coverage {
  private people = 0;
  private served = 0;
  private control = 0;
  private readonly zones = new Map<string, number[]>();
  private readonly offers = new Map<string, OfferTally>();

  add({ decision, control, expected }: Foreseen): void {
    this.people += 1;
    if (control !== null) this.control += 1;
    let served = false;
    for (const { zone, count, choices } of decision.zones) {
      const places = placesOf(this.zones, zone.key, count);
      choices.forEach(({ evaluation }, place) => {
        served = true;
        places[place]! += 1;
        this.show(evaluation, zone.key, place, expected);
      });
    }
    if (served) this.served += 1;
    for (const { offer, dropped } of decision.evaluations)
      if (dropped !== null) raise(this.tallyOf(offer.key, offer.currency).dropped, dropped);
  }

  report(): CoverageReport {
    const { people, served, control } = this;
    return {
      people,
      served,
      control,
      expectedValue: this.worth(),
      zones: listed(this.zones),
      offers: this.sorted().map(([offer, tally]) => ({
        offer,
        people: tally.people,
        share: shareOf(tally.people, people),
        expectedValue: tally.worth,
        currency: tally.currency,
        zones: listed(tally.zones),
        dropped: Object.fromEntries(tally.dropped),
      })),
    };
  }

  /** Offers that nobody would be shown are left out. */
  brief(): ReachReport {
    const { people, served } = this;
    const shown = this.sorted().filter(([, tally]) => tally.people > 0);
    return {
      people,
      served,
      expectedValue: this.worth(),
      offers: shown.map(([offer, tally]) => ({
        offer,
        people: tally.people,
        share: shareOf(tally.people, people),
      })),
    };
  }

  private show(evaluation: Evaluation, zone: string, place: number, expected: Foreseen['expected']): void {
    const { key, value, currency } = evaluation.offer;
    const tally = this.tallyOf(key, currency);
    tally.people += 1;
    tally.worth += expected(evaluation) * value;
    placesOf(tally.zones, zone, place + 1)[place]! += 1;
  }

  private tallyOf(offer: string, currency: string | null): OfferTally {
    const held = this.offers.get(offer);
    if (held) return held;
    const fresh: OfferTally = { people: 0, worth: 0, currency, zones: new Map(), dropped: new Map() };
    this.offers.set(offer, fresh);
    return fresh;
  }

  private sorted(): [string, OfferTally][] {
    return [...this.offers].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private worth(): Worth[] {
    const totals = new Map<string | null, number>();
    for (const { currency, worth, people } of this.offers.values())
      if (people > 0) totals.set(currency, (totals.get(currency) ?? 0) + worth);
    return [...totals]
      .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
      .map(([currency, total]) => ({ currency, total, perPerson: shareOf(total, this.people) }));
  }
}

function placesOf(zones: Map<string, number[]>, zone: string, count: number): number[] {
  const places = zones.get(zone) ?? [];
  zones.set(zone, places);
  while (places.length < count) places.push(0);
  return places;
}

function listed(zones: ReadonlyMap<string, number[]>): { zone: string; places: number[] }[] {
  return [...zones].map(([zone, places]) => ({ zone, places }));
}

function raise<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
