import {
  answerOf,
  Button,
  Card,
  ErrorState,
  idempotencyKey,
  LoadingState,
  TextArea,
  useToast,
} from '@repartee/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useAttempt } from '../attempt.js';
import { ChangePreview } from '../person/change-preview.js';
import type { Task } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';
import { nameOf } from './work-list.js';

/** Whether a task proposes a merge or a split. */
export function proposes({ data }: Pick<Task, 'data'>): boolean {
  return data['review'] === 'merge' || data['review'] === 'split';
}

/** A merge or split that somebody proposed: why, what it would come to, and, for supervisors, the word on it. */
export function Proposal({ task, onDone }: { task: Task; onDone(): void }): ReactNode {
  const text = useText();
  const { leads } = useHub();
  return (
    <Card title={text('proposal')} data-testid="proposal">
      <p>
        {String(task.data['reason'])} <span className="ui-soft">– {nameOf(String(task.data['by']))}</span>
      </p>
      {task.state === 'open' &&
        (leads ? <Decide {...{ task, onDone }} /> : <p>{text('supervisorDecides')}</p>)}
    </Card>
  );
}

function Decide({ task, onDone }: { task: Task; onDone(): void }): ReactNode {
  const text = useText();
  const toast = useToast();
  const attempt = useAttempt();
  const client = useQueryClient();
  const { api } = useHub();
  const [reason, setReason] = useState('');
  const params = { path: { id: task.id } };
  const held = useQuery({
    queryKey: ['proposal', task.id],
    queryFn: () => answerOf(api.GET('/v1/desk/proposals/{id}', { params })),
  });
  const decide = async (verdict: 'perform' | 'refuse'): Promise<void> => {
    const body = { verdict, reason: reason.trim() };
    const headers = { 'Idempotency-Key': idempotencyKey() };
    const done = await attempt(() =>
      answerOf(api.POST('/v1/desk/proposals/{id}/decision', { params, body, headers })),
    );
    await client.invalidateQueries({ queryKey: ['tasks'] });
    if (!done) return;
    toast(text(verdict === 'perform' ? 'performed' : 'refusedProposal'), 'good');
    onDone();
  };
  if (held.isError) return <ErrorState error={held.error} onRetry={() => void held.refetch()} />;
  if (!held.data) return <LoadingState lines={4} />;
  return (
    <div className="stack">
      {held.data.preview ? <ChangePreview preview={held.data.preview} /> : <p>{text('noLonger')}</p>}
      <TextArea label={text('reason')} value={reason} onChange={(event) => setReason(event.target.value)} />
      <div className="cluster actions">
        <Button
          look="primary"
          disabled={reason.trim() === '' || held.data.preview === null}
          onClick={() => void decide('perform')}
        >
          {text('perform')}
        </Button>
        <Button disabled={reason.trim() === ''} onClick={() => void decide('refuse')}>
          {text('refuse')}
        </Button>
      </div>
    </div>
  );
}
