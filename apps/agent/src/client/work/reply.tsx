import { Button, Card, TextArea, useToast } from '@repartee/ui';
import { Send } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useOutbox } from '../live/outbox-provider.js';
import { useHub } from '../session/hub.js';
import type { Pop, Task } from '../queries.js';
import { useText } from '../words/words.js';

/** What the person wrote, and the answer to it. */
export function Reply({
  task,
  pop,
  onDone,
}: {
  task: Task;
  pop: Pop | undefined;
  onDone(): void;
}): ReactNode {
  const text = useText();
  const toast = useToast();
  const { agent } = useHub();
  const { send } = useOutbox();
  const [words, setWords] = useState('');
  const mine = task.claim?.agent === agent;
  const turns = pop?.talks[0]?.turns ?? [];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (words.trim() === '') return;
    send(`/v1/desk/tasks/${task.id}/answer`, { text: words.trim() }, task.id);
    toast(text('sent'), 'good');
    onDone();
  };
  return (
    <Card title={text('conversation')}>
      <ol className="talk">
        {turns.map(({ id, speaker, said }) => {
          const spoken = said['text'];
          return (
            typeof spoken === 'string' && (
              <li key={id} data-speaker={speaker}>
                {spoken}
              </li>
            )
          );
        })}
      </ol>
      {mine && (
        <form className="stack" onSubmit={submit}>
          <TextArea
            label={text('reply')}
            value={words}
            maxLength={1600}
            onChange={(event) => setWords(event.target.value)}
          />
          <Button type="submit" look="primary" icon={<Send size={16} aria-hidden />}>
            {text('replySend')}
          </Button>
        </form>
      )}
    </Card>
  );
}
