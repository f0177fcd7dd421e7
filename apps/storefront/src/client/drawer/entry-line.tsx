import { useLanguage } from '@repartee/ui';
import type { ReactNode } from 'react';
import { useText } from '../texts/use-text.js';
import type { Entry } from './use-happenings.js';

/** One thing that happened, in a line. */
export function EntryLine({ entry }: { entry: Entry }): ReactNode {
  const text = useText();
  const { locale } = useLanguage();
  const { title, detail } = wordsOf(entry, text);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(new Date(entry.at));
  return (
    <li className="entry" data-kind={entry.kind} data-testid="happening">
      <span className="entry-mark" aria-hidden="true" />
      <span className="entry-title" lang="en">
        {title}
      </span>
      <time dateTime={entry.at}>{time}</time>
      {detail && (
        <span className="entry-detail" lang="en">
          {detail}
        </span>
      )}
    </li>
  );
}

function wordsOf(
  { kind, data }: Entry,
  text: ReturnType<typeof useText>,
): { title: string; detail?: string | undefined } {
  const word = (name: string): string => (typeof data[name] === 'string' ? (data[name] as string) : '');
  if (kind === 'decision') {
    const zone = word('zone');
    const offer = word('offer');
    const title = offer ? text('decided', { offer, zone }) : text('decidedNothing', { zone });
    return { title, detail: word('origin') || word('channel') };
  }
  if (kind === 'delivery') {
    return { title: `${word('channel')}: ${word('progress') || word('status')}`, detail: word('offer') };
  }
  return { title: word('name') || word('type') || kind, detail: factsOf(data['properties']) };
}

/** The properties that say most, as `name: value`. */
function factsOf(properties: unknown): string | undefined {
  if (typeof properties !== 'object' || properties === null) return undefined;
  const facts = Object.entries(properties)
    .filter(
      ([name, value]) => /^(name|query|offer|zone|total|path|order_id|type)$/.test(name) && isPlain(value),
    )
    .map(([, value]) => String(value));
  return facts.slice(0, 3).join(' · ') || undefined;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
