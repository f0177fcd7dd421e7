import { Badge, Card, clockText, ErrorState, LoadingState, useNow } from '@repartee/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { useLive } from '../live/live.js';
import { OffersPanel } from '../offers/offers-panel.js';
import { Candidates } from '../person/candidates.js';
import { PersonCard } from '../person/person-card.js';
import { PersonTabs } from '../person/person-tabs.js';
import { type Call, useCall, usePop } from '../queries.js';
import { usePresence } from '../session/presence.js';
import { useText } from '../words/words.js';
import { CallActions } from './call-actions.js';

/** One call: who it is, what they did, what to offer, what came of it. */
export function CallView({ id, onDone }: { id: string; onDone(): void }): ReactNode {
  const text = useText();
  const call = useCall(id);
  const identity = call.data?.identity;
  const pop = usePop('call', id, identity?.profileId, identity?.verified);
  usePresenceOf(call.data);
  if (call.isError && !call.data)
    return <ErrorState error={call.error} onRetry={() => void call.refetch()} />;
  if (!call.data) return <LoadingState lines={8} />;
  return (
    <div className="case">
      <div className="case-main">
        <CallHeader call={call.data} />
        <CallActions call={call.data} onDone={onDone} person={pop.data?.person ?? undefined} />
        {pop.isPending ? (
          <LoadingState lines={5} />
        ) : pop.data?.person ? (
          <PersonCard person={pop.data.person} call={call.data} />
        ) : pop.data && pop.data.candidates.length > 0 ? (
          <Candidates call={call.data} candidates={pop.data.candidates} />
        ) : (
          <Card title={text('unknownCaller')}>
            <p className="ui-soft">{text('unknownLead')}</p>
          </Card>
        )}
        {pop.data && <PersonTabs pop={pop.data} source={{ kind: 'call', id }} />}
      </div>
      <div className="case-side">
        <OffersPanel call={call.data} person={pop.data?.person ?? undefined} />
      </div>
    </div>
  );
}

function CallHeader({ call }: { call: Call }): ReactNode {
  const text = useText();
  const { offset } = useLive();
  const now = useNow(offset);
  const from = call.answeredAt ?? call.startedAt;
  const until = call.endedAt === null ? now : Date.parse(call.endedAt);
  return (
    <div className="call-head" data-testid="call" data-status={call.status}>
      <Badge tone={call.status === 'ringing' ? 'warn' : call.status === 'answered' ? 'good' : 'neutral'}>
        {text(call.status)}
      </Badge>
      <h1 className="ui-num">{call.number ?? text('withheld')}</h1>
      {from !== null && <span className="ui-soft ui-num">{clockText(until - Date.parse(from))}</span>}
      {call.queue !== null && <span className="ui-soft">{text('queue', { queue: call.queue })}</span>}
      {call.outcome && <Badge tone="info">{text('outcomeGiven', { code: call.outcome.code })}</Badge>}
    </div>
  );
}

/** Busy while somebody is on the phone; wrapping up once they hung up and no outcome was said. */
function usePresenceOf(call: Call | undefined): void {
  const { say } = usePresence();
  const [talked, setTalked] = useState(false);
  const answered = call?.status === 'answered';
  const over = call?.status === 'ended';
  const concluded = call !== undefined && call.outcome !== null;
  useEffect(() => {
    if (answered) {
      setTalked(true);
      say({ state: 'busy' });
    }
    if (over && talked && !concluded) say({ state: 'busy', reason: 'wrap-up' });
    if (over && talked && concluded) say({ state: 'available' });
  }, [answered, over, talked, concluded, say]);
}
