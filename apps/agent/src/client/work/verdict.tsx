import { answerOf, Button, Card, idempotencyKey, useToast } from '@repartee/ui';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useAttempt } from '../attempt.js';
import type { Task } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

/** Whether what somebody wrote in free words means that they want no more. */
export function Verdict({ task, onDone }: { task: Task; onDone(): void }): ReactNode {
  const text = useText();
  const toast = useToast();
  const attempt = useAttempt();
  const client = useQueryClient();
  const { api } = useHub();
  const { reviewId, looksLikeRefusal } = task.data;
  if (typeof reviewId !== 'string' || looksLikeRefusal !== true || task.state !== 'open') return null;
  const say = async (verdict: 'refused' | 'not_refused'): Promise<void> => {
    const headers = { 'Idempotency-Key': idempotencyKey() };
    const request = { params: { path: { id: reviewId } }, body: { verdict }, headers };
    const done = await attempt(() => answerOf(api.POST('/v1/inbound-reviews/{id}', request as never)));
    await client.invalidateQueries({ queryKey: ['tasks'] });
    if (!done) return;
    toast(text('saved'), 'good');
    onDone();
  };
  return (
    <Card title={text('isRefusal')} data-testid="verdict">
      <p className="ui-soft">{text('isRefusalLead')}</p>
      <div className="cluster actions">
        <Button look="primary" onClick={() => void say('refused')}>
          {text('refusal')}
        </Button>
        <Button onClick={() => void say('not_refused')}>{text('noRefusal')}</Button>
      </div>
    </Card>
  );
}
