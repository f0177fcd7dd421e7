import { answerOf, Button, Card, ErrorState, TextArea, useToast } from '@repartee/ui';
import { useQuery } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useLive } from '../live/live.js';
import { useOutbox } from '../live/outbox-provider.js';
import { useHub } from '../session/hub.js';
import type { Pop, Task } from '../queries.js';
import { useText } from '../words/words.js';

/** Milliseconds for which nobody types before the preview is asked for. */
const SETTLES_IN = 400;

/** What the person wrote, and the answer to it, shown as it will arrive. */
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
  const [typed, type] = useState('');
  const words = typed.trim();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (words === '') return;
    send(`/v1/desk/tasks/${task.id}/answer`, { text: words, complete: true }, task.id);
    toast(text('sent'), 'good');
    onDone();
  };
  return (
    <Card title={text('conversation')} data-testid="reply">
      <Talk pop={pop} />
      {task.claim?.agent === agent && task.state === 'open' && (
        <form className="stack" onSubmit={submit}>
          <TextArea
            label={text('reply')}
            value={typed}
            maxLength={1600}
            onChange={(event) => type(event.target.value)}
          />
          <Preview taskId={task.id} words={words} />
          <Button type="submit" look="primary" icon={<Send size={16} aria-hidden />}>
            {text('replySend')}
          </Button>
        </form>
      )}
    </Card>
  );
}

function Talk({ pop }: { pop: Pop | undefined }): ReactNode {
  const turns = pop?.talks[0]?.turns ?? [];
  return (
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
  );
}

/** As the person gets it, and how many texts it takes. */
function Preview({ taskId, words }: { taskId: string; words: string }): ReactNode {
  const text = useText();
  const { api } = useHub();
  const { stale } = useLive();
  const settled = useSettled(words);
  const shown = useQuery({
    queryKey: ['answer-preview', taskId, settled],
    queryFn: () =>
      answerOf(
        api.POST('/v1/desk/tasks/{id}/answer/preview', {
          params: { path: { id: taskId } },
          body: { text: settled },
        }),
      ),
    enabled: settled !== '' && !stale,
    retry: false,
  });
  if (words === '') return null;
  const content = shown.data?.content as { text?: unknown } | undefined;
  return (
    <section aria-label={text('preview')} aria-busy={shown.isFetching}>
      {shown.isError && <ErrorState error={shown.error} />}
      {typeof content?.text === 'string' && (
        <ol className="talk" data-testid="answer-preview">
          <li data-speaker="us">
            {content.text}
            <small>
              {text('preview')}
              {shown.data?.estimate && ` · ${text('replyParts', { count: shown.data.estimate.parts })}`}
            </small>
          </li>
        </ol>
      )}
    </section>
  );
}

/** What somebody types, once they pause. */
function useSettled(words: string): string {
  const [settled, settle] = useState(words);
  useEffect(() => {
    const timer = setTimeout(() => settle(words), SETTLES_IN);
    return () => clearTimeout(timer);
  }, [words]);
  return settled;
}
