import { answerOf, Badge, Card, EmptyState, idempotencyKey, Menu, useToast } from '@repartee/ui';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTasks } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';
import { nameOf } from '../work/work-list.js';

/** Gives open work to somebody else. */
export function Reassign({ agents }: { agents: readonly string[] }): ReactNode {
  const text = useText();
  const toast = useToast();
  const client = useQueryClient();
  const { api } = useHub();
  const tasks = useTasks('all');
  const give = async (id: string, to: string): Promise<void> => {
    try {
      await answerOf(
        api.POST('/v1/tasks/{id}/reassign', {
          params: { path: { id } },
          body: { to },
          headers: { 'Idempotency-Key': idempotencyKey() },
        }),
      );
      await client.invalidateQueries({ queryKey: ['tasks'] });
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), 'bad');
    }
  };
  return (
    <Card title={text('openTasks')}>
      {tasks.data?.items.length ? (
        <ul className="stack">
          {tasks.data.items.slice(0, 30).map((task) => (
            <li key={task.id} className="split">
              <span className="row-words">
                <strong>{task.subject}</strong>
                <small>{text('queue', { queue: task.queue })}</small>
              </span>
              <span className="cluster">
                {task.claim && <Badge>{text('takenBy', { agent: nameOf(task.claim.agent) })}</Badge>}
                <Menu
                  size="small"
                  label={text('reassign')}
                  entries={agents.map((agent) => ({
                    key: agent,
                    label: nameOf(agent),
                    onPick: () => void give(task.id, agent),
                  }))}
                />
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState title={text('noTasks')} />
      )}
    </Card>
  );
}
