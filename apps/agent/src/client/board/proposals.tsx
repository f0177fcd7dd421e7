import { Button, Card, EmptyState } from '@repartee/ui';
import { type ReactNode, useState } from 'react';
import { useTasks } from '../queries.js';
import { useText } from '../words/words.js';
import { Proposal, proposes } from '../work/proposal.js';
import { nameOf } from '../work/work-list.js';

/** Merges and splits that agents propose, for who decides on them. */
export function Proposals(): ReactNode {
  const text = useText();
  const tasks = useTasks('all');
  const [chosen, choose] = useState<string>();
  const open = (tasks.data?.items ?? []).filter(proposes);
  const task = open.find(({ id }) => id === chosen);
  return (
    <Card title={text('proposals')} data-testid="proposals">
      {open.length === 0 && <EmptyState title={text('noTasks')} />}
      <ul className="stack">
        {open.map(({ id, subject, data }) => (
          <li key={id} className="split">
            <span className="row-words">
              <strong>{subject}</strong>
              <small>
                {String(data['reason'])} – {nameOf(String(data['by']))}
              </small>
            </span>
            <Button size="small" onClick={() => choose(id)}>
              {text('lookAt')}
            </Button>
          </li>
        ))}
      </ul>
      {task && <Proposal key={task.id} task={task} onDone={() => choose(undefined)} />}
    </Card>
  );
}
