import type { Offer } from './repartee.js';

const SECOND = 1000;

/** Tells every second, by the clock of the hub, how many milliseconds an offer can still be accepted; 0 ends it. */
export function countdown(offer: Offer, now: () => number, tick: (left: number) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = Date.parse(offer.validUntil);
  const round = (): void => {
    const left = Math.max(0, end - now());
    // Before the call: whoever is called may stop it. Short of a full second first, so that it ticks on seconds.
    if (left > 0) timer = setTimeout(round, left % SECOND || SECOND);
    tick(left);
  };
  round();
  return () => clearTimeout(timer);
}

/** `1:02:03`, `2:03`. */
export function clockText(left: number): string {
  const seconds = Math.ceil(left / SECOND);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
