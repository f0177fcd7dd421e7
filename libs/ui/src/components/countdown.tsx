import { type ReactNode, useEffect, useState } from 'react';
import { useUiText } from '../i18n/ui-text.js';

/** The time, told again every second while somebody looks at the page; `offset` is how far the hub's clock is ahead. */
export function useNow(offset = 0, every = 1_000): number {
  const [now, setNow] = useState(() => Date.now() + offset);
  useEffect(() => {
    const tick = (): void => setNow(Date.now() + offset);
    const timer = setInterval(tick, every);
    tick();
    return () => clearInterval(timer);
  }, [offset, every]);
  return now;
}

/** `75_000` → `1:15`, from an hour on `1:00:15`. */
export function clockText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const pad = (part: number): string => String(part).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
}

/** How long until a moment. Not announced every second: assistive technology reads it when it comes by. */
export function Countdown({
  until,
  soon = 60_000,
  offset = 0,
}: {
  /** Milliseconds since the epoch, by the hub's clock. */
  until: number;
  /** From so many milliseconds on it is pressing. */
  soon?: number;
  offset?: number;
}): ReactNode {
  const left = until - useNow(offset);
  const text = useUiText();
  if (left <= 0) return <span className="ui-countdown">{text('over')}</span>;
  return (
    <time
      className="ui-countdown"
      dateTime={new Date(until).toISOString()}
      {...(left < soon && { 'data-soon': '' })}
    >
      {clockText(left)}
    </time>
  );
}
