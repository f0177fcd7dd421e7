import {
  answerOf,
  ApiError,
  Badge,
  Button,
  Card,
  ErrorState,
  idempotencyKey,
  LoadingState,
  useLanguage,
  useToast,
} from '@repartee/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Hand, Undo2, UserX } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { PersonCard } from '../person/person-card.js';
import { PersonTabs } from '../person/person-tabs.js';
import { type Task, usePop } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';
import { Proposal, proposes } from './proposal.js';
import { Reply } from './reply.js';
import { Verdict } from './verdict.js';
import { nameOf } from './work-list.js';

type Verb = 'claim' | 'release' | 'complete';

/** A call-back, a text to answer or a review: taken by one, seen by all. */
export function TaskView({ id, onDone }: { id: string; onDone(): void }): ReactNode {
  const { api } = useHub();
  const task = useQuery({
    queryKey: ['tasks', 'one', id],
    queryFn: () => answerOf(api.GET('/v1/tasks/{id}', { params: { path: { id } } })),
  });
  const pop = usePop('task', id, task.data?.profileId);
  if (task.isError) return <ErrorState error={task.error} onRetry={() => void task.refetch()} />;
  if (!task.data) return <LoadingState lines={6} />;
  return (
    <div className="case">
      <div className="case-main">
        <TaskCard task={task.data} onDone={onDone} />
        {proposes(task.data) && <Proposal task={task.data} onDone={onDone} />}
        {task.data.kind === 'message' && <Verdict task={task.data} onDone={onDone} />}
        {task.data.kind === 'message' && <Reply task={task.data} pop={pop.data} onDone={onDone} />}
        {pop.data?.person && <PersonCard person={pop.data.person} />}
      </div>
      <div className="case-side">
        {pop.data && <PersonTabs pop={pop.data} source={{ kind: 'task', id }} first="talks" />}
      </div>
    </div>
  );
}

function TaskCard({ task, onDone }: { task: Task; onDone(): void }): ReactNode {
  const text = useText();
  const { agent } = useHub();
  const { format } = useLanguage();
  const others = useOthers(task.id);
  const mine = task.claim?.agent === agent;
  return (
    <Card
      main
      title={task.subject}
      data-testid="task"
      actions={
        <span className="cluster">
          {others.length > 0 && (
            <Badge tone="info">{text('alsoHere', { agents: others.map(nameOf).join(', ') })}</Badge>
          )}
          {task.claim && (
            <Badge tone={mine ? 'accent' : 'warn'}>
              {mine ? text('mine') : text('takenBy', { agent: nameOf(task.claim.agent) })}
            </Badge>
          )}
        </span>
      }
    >
      <p className="ui-soft">
        {format.moment(task.dueAt)}
        {task.address !== null && mine && (
          <>
            {' · '}
            {task.kind === 'call_back' ? (
              <a href={`tel:${task.address}`} className="number">
                {task.address}
              </a>
            ) : (
              <strong>{task.address}</strong>
            )}
          </>
        )}
      </p>
      {task.state === 'open' && !proposes(task) && <TaskActions {...{ task, mine, onDone }} />}
    </Card>
  );
}

function TaskActions({ task, mine, onDone }: { task: Task; mine: boolean; onDone(): void }): ReactNode {
  const text = useText();
  const act = useTaskAction(task, onDone);
  if (!mine)
    return (
      <div className="cluster actions">
        <Button
          look="primary"
          icon={<Hand size={16} aria-hidden />}
          disabled={task.claim !== null}
          onClick={() => void act('claim')}
        >
          {text('claim')}
        </Button>
      </div>
    );
  return (
    <div className="cluster actions">
      <Button
        look="primary"
        icon={<Check size={16} aria-hidden />}
        onClick={() => void act('complete', 'done')}
      >
        {text('complete')}
      </Button>
      {task.kind === 'call_back' && (
        <Button icon={<UserX size={16} aria-hidden />} onClick={() => void act('complete', 'not_reached')}>
          {text('notReached')}
        </Button>
      )}
      <Button icon={<Undo2 size={16} aria-hidden />} onClick={() => void act('release')}>
        {text('release')}
      </Button>
    </div>
  );
}

function useTaskAction({ id }: Task, onDone: () => void) {
  const text = useText();
  const toast = useToast();
  const client = useQueryClient();
  const { api } = useHub();
  return async (verb: Verb, result?: 'done' | 'not_reached'): Promise<void> => {
    const shared = { params: { path: { id } }, headers: { 'Idempotency-Key': idempotencyKey() } };
    try {
      if (verb === 'claim') await answerOf(api.POST('/v1/tasks/{id}/claim', { ...shared, body: {} }));
      if (verb === 'release') await answerOf(api.POST('/v1/tasks/{id}/release', { ...shared, body: {} }));
      if (verb === 'complete' && result) {
        await answerOf(api.POST('/v1/tasks/{id}/complete', { ...shared, body: { result } }));
        onDone();
      }
    } catch (error) {
      if (error instanceof ApiError && error.code === 'TASK.CLAIMED') {
        const now = await api.GET('/v1/tasks/{id}', { params: { path: { id } } });
        toast(text('taskTaken', { agent: nameOf(now.data?.claim?.agent ?? '?') }), 'bad');
      } else toast(error instanceof Error ? error.message : String(error), 'bad');
    }
    await client.invalidateQueries({ queryKey: ['tasks'] });
  };
}

const LOOKS_EVERY = 10_000;

/** Who else has this task before their eyes. */
function useOthers(id: string): readonly string[] {
  const { api } = useHub();
  const [others, setOthers] = useState<readonly string[]>([]);
  useEffect(() => {
    const look = async (): Promise<void> => {
      const { data } = await api
        .PUT('/v1/desk/tasks/{id}/viewing', { params: { path: { id } }, body: {} })
        .catch(() => ({ data: undefined }));
      if (data) setOthers(data.others);
    };
    void look();
    const timer = setInterval(() => void look(), LOOKS_EVERY);
    return () => clearInterval(timer);
  }, [api, id]);
  return others;
}
