import type { Features } from '../bandit/index.js';
import type { Stage } from '../stage.js';

/** What learning may know of a person. */
export interface PersonTraits {
  traits: Readonly<Record<string, unknown>>;
}

/** Traits of one person that become features, at most; in the order of their names. */
const MOST_TRAITS = 48;
/** Longer texts name a person rather than a kind of person. */
const LONGEST_TEXT = 32;
const QUARTER_OF_DAY_MS = 6 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The features of one person at one time on one channel.
 * @param mayUse keeps out what names a person
 * @param at milliseconds; parts of the day and days of the week are UTC
 */
export function personFeatures(
  { traits }: PersonTraits,
  channel: string,
  at: number,
  mayUse: (trait: string) => boolean,
): Features {
  const features: Record<string, number | string | boolean> = {
    channel,
    daypart: String(Math.floor((at % DAY_MS) / QUARTER_OF_DAY_MS)),
    weekday: String(new Date(at).getUTCDay()),
  };
  let left = MOST_TRAITS;
  for (const name of Object.keys(traits).sort()) {
    const value = traits[name];
    if (!isTelling(value) || !mayUse(name)) continue;
    features[`trait.${name}`] = value;
    left -= 1;
    if (left === 0) break;
  }
  return features;
}

/** The same person's features for one offer: where they stand with it. */
export function withStage(features: Features, stage: Stage): Features {
  return stage === 'new' ? features : { ...features, stage };
}

/** Models are one per offer and channel kind. */
export function modelKey(offer: string, channel: string): string {
  return `${offer}/${channel}`;
}

function isTelling(value: unknown): value is number | string | boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'boolean') return true;
  return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_TEXT;
}
