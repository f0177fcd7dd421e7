import { Badge, EmptyState, ErrorState, LoadingState, Tabs, useLanguage, useNow } from '@repartee/ui';
import {
  Coffee,
  MessageSquareText,
  PhoneCall,
  PhoneIncoming,
  PhoneOutgoing,
  SearchCheck,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useKeys } from '../keys.js';
import { useLive } from '../live/live.js';
import { type Call, type Task, useMyCalls, useTasks } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

export interface Chosen {
  kind: 'call' | 'task';
  id: string;
}

interface Props {
  chosen: Chosen | undefined;
  onChoose(chosen: Chosen): void;
}

/** What waits for the agent. */
export function WorkList({ chosen, onChoose }: Props): ReactNode {
  const text = useText();
  const calls = useMyCalls();
  const tasks = useTasks('due');
  const { agent } = useHub();
  const all = tasks.data?.items ?? [];
  const open = all.filter((task) => task.claim === null || task.claim.agent === agent);
  const order: Chosen[] = [
    ...(calls.data?.items ?? []).map(({ id }) => ({ kind: 'call' as const, id })),
    ...open.map(({ id }) => ({ kind: 'task' as const, id })),
  ];
  useKeys({ j: () => step(1), k: () => step(-1) });
  const step = (by: number): void => {
    const at = order.findIndex(({ id }) => id === chosen?.id);
    const next = order[at < 0 ? 0 : (at + by + order.length) % order.length];
    if (next) onChoose(next);
  };
  const tab = (key: string, label: string, belongs: (task: Task) => boolean) => {
    const many = open.filter(belongs).length;
    return {
      key,
      label: (
        <>
          {label} {many > 0 && <span className="count">{many}</span>}
        </>
      ),
      content: <TaskList tasks={all.filter(belongs)} {...{ chosen, onChoose }} />,
    };
  };
  return (
    <aside className="work" aria-label={text('work')}>
      <h2 className="work-title">
        <PhoneCall size={16} aria-hidden /> {text('calls')}
      </h2>
      <Calls {...{ chosen, onChoose }} />
      <h2 className="work-title">{text('tasks')}</h2>
      {tasks.isError && !tasks.data ? (
        <ErrorState error={tasks.error} onRetry={() => void tasks.refetch()} />
      ) : (
        <Tabs
          name={text('tasks')}
          tabs={[
            tab('call_back', text('callBacks'), ({ kind }) => kind === 'call_back'),
            tab('message', text('texts'), ({ kind }) => kind === 'message'),
            tab('reviews', text('reviews'), isReview),
          ]}
        />
      )}
    </aside>
  );
}

function Calls({ chosen, onChoose }: Props): ReactNode {
  const text = useText();
  const calls = useMyCalls();
  if (calls.isError && !calls.data)
    return <ErrorState error={calls.error} onRetry={() => void calls.refetch()} />;
  if (!calls.data) return <LoadingState lines={2} />;
  if (calls.data.items.length === 0)
    return (
      <EmptyState icon={<Coffee size={20} aria-hidden />} title={text('noCalls')}>
        {text('noCallsLead')}
      </EmptyState>
    );
  return (
    <ul>
      {calls.data.items.map((call) => (
        <li key={call.id}>
          <CallRow call={call} {...{ chosen, onChoose }} />
        </li>
      ))}
    </ul>
  );
}

function CallRow({ call, chosen, onChoose }: Props & { call: Call }): ReactNode {
  const text = useText();
  return (
    <button
      type="button"
      className="row"
      data-testid={`call-${call.callId}`}
      aria-current={chosen?.id === call.id || undefined}
      onClick={() => onChoose({ kind: 'call', id: call.id })}
    >
      {call.direction === 'inbound' ? (
        <PhoneIncoming size={17} aria-hidden />
      ) : (
        <PhoneOutgoing size={17} aria-hidden />
      )}
      <span className="row-words">
        <strong>{call.number ?? text('withheld')}</strong>
        {call.queue !== null && <small>{text('queue', { queue: call.queue })}</small>}
      </span>
      <Badge tone={call.status === 'ringing' ? 'warn' : call.status === 'answered' ? 'good' : 'neutral'}>
        {text(call.status)}
      </Badge>
    </button>
  );
}

const ICONS = {
  call_back: <PhoneOutgoing size={17} aria-hidden />,
  message: <MessageSquareText size={17} aria-hidden />,
  review: <SearchCheck size={17} aria-hidden />,
  other: <SearchCheck size={17} aria-hidden />,
};

function TaskList({ tasks, chosen, onChoose }: Props & { tasks: readonly Task[] }): ReactNode {
  const text = useText();
  const { agent } = useHub();
  const { format } = useLanguage();
  const { offset } = useLive();
  const now = useNow(offset, 30_000);
  if (tasks.length === 0) return <EmptyState title={text('noTasks')}>{text('noTasksLead')}</EmptyState>;
  return (
    <ul>
      {tasks.map((task) => (
        <li key={task.id}>
          <button
            type="button"
            className="row"
            data-testid={`task-${task.id}`}
            aria-current={chosen?.id === task.id || undefined}
            onClick={() => onChoose({ kind: 'task', id: task.id })}
          >
            {ICONS[task.kind]}
            <span className="row-words">
              <strong>{task.subject}</strong>
              <small>{text('due', { when: format.ago(task.dueAt, now) })}</small>
            </span>
            {task.claim && (
              <Badge tone={task.claim.agent === agent ? 'accent' : 'neutral'}>
                {task.claim.agent === agent
                  ? text('mine')
                  : text('takenBy', { agent: nameOf(task.claim.agent) })}
              </Badge>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What somebody has to look into: a doubtful number, a proposal, words that may be a refusal or somebody else's. */
function isReview({ kind, data }: Task): boolean {
  if (kind === 'message') return data['looksLikeRefusal'] === true || data['unproved'] === true;
  return kind !== 'call_back';
}

/** `ann@example.org` → `ann`. */
export function nameOf(agent: string): string {
  return agent.split('@')[0] ?? agent;
}
