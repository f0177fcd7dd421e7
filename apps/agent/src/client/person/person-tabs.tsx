import { Badge, Card, Countdown, EmptyState, Tabs, useLanguage, useNow } from '@repartee/ui';
import { type ReactNode, useState } from 'react';
import { useLive } from '../live/live.js';
import type { Pop } from '../queries.js';
import { useText } from '../words/words.js';
import { didWord } from './did-word.js';
import { IdentityReasons } from './identity-reasons.js';
import { Journey, type JourneySource } from './journey.js';

type View = 'journey' | 'seen' | 'talks' | 'identity';

/** What the person did, saw and said. */
export function PersonTabs({
  pop,
  source,
  first = 'journey',
}: {
  pop: Pop;
  source: JourneySource;
  first?: View;
}): ReactNode {
  const text = useText();
  const [view, setView] = useState<string>(first);
  if (!pop.person && pop.talks.length === 0) return null;
  return (
    <Card className="tabbed">
      <Tabs
        name={text('about')}
        selected={view}
        onSelect={setView}
        tabs={[
          { key: 'journey', label: text('journey'), content: <Journey pop={pop} source={source} /> },
          { key: 'seen', label: text('seen'), content: <Seen pop={pop} /> },
          { key: 'talks', label: text('conversation'), content: <Talks pop={pop} /> },
          ...(source.kind === 'call' && pop.person?.masked === false
            ? [{ key: 'identity', label: text('whyOne'), content: <IdentityReasons callId={source.id} /> }]
            : []),
        ]}
      />
    </Card>
  );
}

const WORDS = ['headline', 'title', 'subject', 'body', 'text', 'script'];

/** The very creative, as words and picture. */
function Seen({ pop }: { pop: Pop }): ReactNode {
  const text = useText();
  const { format } = useLanguage();
  const { offset } = useLive();
  const now = useNow(offset, 15_000);
  if (pop.seen.length === 0) return <EmptyState title={text('nothingSeen')} />;
  return (
    <ul className="seen">
      {pop.seen.map(({ treatment, zone, name, channel, at, response, endsAt, content }) => (
        <li key={`${treatment} ${zone}`} className="creative" data-testid={`seen-${treatment}`}>
          {typeof content?.['image'] === 'string' && (
            <img src={content['image']} alt="" width={76} height={76} />
          )}
          <div>
            <p className="cluster small">
              <Badge tone="info">{channel}</Badge>
              <Badge tone={response === 'accept' || response === 'convert' ? 'good' : 'neutral'}>
                {text(didWord(response))}
              </Badge>
              <span className="ui-soft">{format.ago(at, now)}</span>
              {endsAt !== null && (
                <span className="ui-soft">
                  {text('endsIn')} <Countdown until={Date.parse(endsAt)} offset={offset} />
                </span>
              )}
            </p>
            <strong>{name}</strong>
            {WORDS.map((word) => {
              const words = content?.[word];
              return typeof words === 'string' && <p key={word}>{words.slice(0, 240)}</p>;
            })}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Talks({ pop }: { pop: Pop }): ReactNode {
  const text = useText();
  const { format } = useLanguage();
  if (pop.talks.length === 0) return <EmptyState title={text('noTalks')} />;
  return (
    <div className="stack">
      {pop.talks.map(({ id, open, openedAt, turns }) => (
        <section key={id} aria-label={format.moment(openedAt)}>
          <h3 className="cluster">
            {text(open ? 'talkOpen' : 'talkEarlier')}
            <span className="ui-soft small">{format.moment(openedAt)}</span>
          </h3>
          <ol className="talk">
            {turns.map(({ id: turn, speaker, channel, at, said }) => (
              <li key={turn} data-speaker={speaker}>
                <span>{saidWords(said, text)}</span>
                <small>
                  {text(speaker === 'us' ? 'us' : 'person')} · {channel} · {format.time(at)}
                </small>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function saidWords(said: Readonly<Record<string, unknown>>, text: ReturnType<typeof useText>): string {
  const word = (name: string): string | undefined =>
    typeof said[name] === 'string' ? said[name] : undefined;
  const [words, outcome, response, note] = [word('text'), word('outcome'), word('response'), word('note')];
  if (words !== undefined) return words;
  if (outcome !== undefined) return [text('saidOutcome', { outcome }), note].filter(Boolean).join(' – ');
  if (response !== undefined)
    return text('saidResponse', { what: text(didWord(response)), offer: word('offer') ?? '' });
  if (said['call'] !== undefined) return text('saidCall');
  return (
    word('offer') ??
    Object.values(said)
      .filter((one) => typeof one === 'string')
      .join(' ') ??
    '…'
  );
}
