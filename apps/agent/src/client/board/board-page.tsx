import {
  answerOf,
  Button,
  Card,
  clockText,
  Dialog,
  ErrorState,
  idempotencyKey,
  LoadingState,
  Select,
  Table,
  TextArea,
  useLanguage,
  useNow,
  useToast,
} from '@repartee/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Download, Megaphone } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useLive } from '../live/live.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';
import { nameOf } from '../work/work-list.js';
import { OfferTable, type Taken } from './offer-table.js';
import { Proposals } from './proposals.js';
import { Reassign } from './reassign.js';

const REFRESH = 5_000;

/** How queues and agents do, for who leads them. */
export function BoardPage(): ReactNode {
  const text = useText();
  const { api } = useHub();
  const [hours, setHours] = useState('8');
  const [telling, tell] = useState(false);
  const board = useQuery({
    queryKey: ['board', hours],
    queryFn: () => answerOf(api.GET('/v1/desk/board', { params: { query: { hours: Number(hours) } } })),
    refetchInterval: REFRESH,
    placeholderData: keepPreviousData,
  });
  if (board.isError && !board.data)
    return <ErrorState error={board.error} onRetry={() => void board.refetch()} />;
  if (!board.data) return <LoadingState lines={8} />;
  return (
    <main className="board" id="stage" tabIndex={-1}>
      <div className="split">
        <h1>{text('boardTitle')}</h1>
        <span className="cluster">
          <Select
            label={text('boardTitle')}
            hideLabel
            value={hours}
            onChange={setHours}
            choices={['1', '8', '24', '168'].map((one) => ({
              value: one,
              label: text('hours', { count: Number(one) }),
            }))}
          />
          <a className="ui-button" href={`/v1/desk/board/export?hours=${hours}`} download>
            <Download size={16} aria-hidden /> {text('export')}
          </a>
          <Button look="primary" icon={<Megaphone size={16} aria-hidden />} onClick={() => tell(true)}>
            {text('broadcast')}
          </Button>
        </span>
      </div>
      <Figures board={board.data} />
      <Card title={text('queues')}>
        <QueueTable board={board.data} />
      </Card>
      <Card title={text('agents')}>
        <AgentTable board={board.data} />
      </Card>
      <Card title={text('offerAcceptance')}>
        <OfferTable offers={board.data.offers} hours={hours} />
      </Card>
      <Proposals />
      <Reassign agents={board.data.agents.map(({ agent }) => agent)} />
      {telling && <Broadcast onClose={() => tell(false)} />}
    </main>
  );
}

interface Figures {
  serviceLevel: number | null;
  abandonment: number | null;
  speedOfAnswer: number | null;
  handling: number | null;
  wrapUp: number | null;
}
interface Board {
  totals: Figures & { answered: number };
  queues: (Figures & {
    queue: string;
    waiting: number;
    oldestSeconds: number | null;
    agentsAvailable: number;
  })[];
  agents: {
    agent: string;
    state: string | null;
    reason: string | null;
    since: string | null;
    answered: number;
    handling: number | null;
    wrapUp: number | null;
    occupancy: number | null;
    accepted: number;
    answeredOffers: number;
    acceptance: number | null;
  }[];
  offers: Taken[];
}

function useWords() {
  const text = useText();
  const { format } = useLanguage();
  return {
    text,
    share: (value: number | null) => (value === null ? '–' : format.percent(value)),
    seconds: (value: number | null) => (value === null ? '–' : clockText(value * 1000)),
    number: (value: number) => format.number(value),
  };
}

function Figures({ board: { totals } }: { board: Board }): ReactNode {
  const { text, share, seconds, number } = useWords();
  const shown = [
    [text('answeredCalls'), number(totals.answered)],
    [text('serviceLevel'), share(totals.serviceLevel)],
    [text('speedOfAnswer'), seconds(totals.speedOfAnswer)],
    [text('handling'), seconds(totals.handling)],
    [text('wrapUp'), seconds(totals.wrapUp)],
    [text('abandonment'), share(totals.abandonment)],
  ];
  return (
    <dl className="figures" data-testid="figures">
      {shown.map(([name, value]) => (
        <div key={name} className="ui-card">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function QueueTable({ board }: { board: Board }): ReactNode {
  const { text, share, seconds, number } = useWords();
  return (
    <Table
      caption={text('queues')}
      rows={board.queues}
      rowKey={({ queue }) => queue}
      columns={[
        { key: 'queue', header: text('queues'), cell: ({ queue }) => queue },
        { key: 'waiting', header: text('waiting'), align: 'end', cell: ({ waiting }) => number(waiting) },
        { key: 'oldest', header: text('oldest'), align: 'end', cell: (row) => seconds(row.oldestSeconds) },
        { key: 'free', header: text('free'), align: 'end', cell: (row) => number(row.agentsAvailable) },
        { key: 'level', header: text('serviceLevel'), align: 'end', cell: (row) => share(row.serviceLevel) },
        {
          key: 'speed',
          header: text('speedOfAnswer'),
          align: 'end',
          cell: (row) => seconds(row.speedOfAnswer),
        },
        { key: 'lost', header: text('abandonment'), align: 'end', cell: (row) => share(row.abandonment) },
      ]}
    />
  );
}

function AgentTable({ board }: { board: Board }): ReactNode {
  const { text, share, seconds, number } = useWords();
  const { offset } = useLive();
  const now = useNow(offset);
  const stateOf = ({ state, reason, since }: Board['agents'][number]): string => {
    const word = state === 'available' || state === 'busy' ? text(state) : text('away');
    return [word, reason, since === null ? null : clockText(now - Date.parse(since))]
      .filter(Boolean)
      .join(' · ');
  };
  return (
    <Table
      caption={text('agents')}
      rows={board.agents}
      rowKey={({ agent }) => agent}
      columns={[
        { key: 'agent', header: text('agent'), cell: ({ agent }) => nameOf(agent) },
        { key: 'state', header: text('state'), cell: stateOf },
        { key: 'calls', header: text('answeredCalls'), align: 'end', cell: (row) => number(row.answered) },
        { key: 'handling', header: text('handling'), align: 'end', cell: (row) => seconds(row.handling) },
        { key: 'wrap', header: text('wrapUp'), align: 'end', cell: (row) => seconds(row.wrapUp) },
        { key: 'occupancy', header: text('occupancy'), align: 'end', cell: (row) => share(row.occupancy) },
        { key: 'accepted', header: text('acceptance'), align: 'end', cell: (row) => number(row.accepted) },
        { key: 'rate', header: text('acceptanceRate'), align: 'end', cell: (row) => share(row.acceptance) },
      ]}
    />
  );
}

function Broadcast({ onClose }: { onClose(): void }): ReactNode {
  const text = useText();
  const toast = useToast();
  const { api } = useHub();
  const [words, setWords] = useState('');
  const send = async (): Promise<void> => {
    if (words.trim() === '') return;
    try {
      const headers = { 'Idempotency-Key': idempotencyKey() };
      await answerOf(api.POST('/v1/desk/notices', { body: { words: words.trim() }, headers }));
      onClose();
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), 'bad');
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={text('broadcast')}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" onClick={() => void send()}>
            {text('send')}
          </Button>
        </>
      }
    >
      <p className="ui-soft">{text('broadcastLead')}</p>
      <TextArea label={text('message')} value={words} onChange={(event) => setWords(event.target.value)} />
    </Dialog>
  );
}
