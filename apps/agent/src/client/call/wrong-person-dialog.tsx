import { answerOf, idempotencyKey, TextArea } from '@repartee/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { AskDialog } from '../ask-dialog.js';
import { useAttempt } from '../attempt.js';
import type { Call } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

interface Props {
  call: Call;
  open: boolean;
  onClose(): void;
  onDone(): void;
}

export function WrongPersonDialog({ call, open, onClose, onDone }: Props): ReactNode {
  const text = useText();
  const attempt = useAttempt();
  const client = useQueryClient();
  const { api } = useHub();
  const [note, setNote] = useState('');
  const detach = async (): Promise<void> => {
    const done = await attempt(async () => {
      await answerOf(
        api.POST('/v1/desk/calls/{id}/wrong-person', {
          params: { path: { id: call.id } },
          body: note.trim() === '' ? {} : { note: note.trim() },
          headers: { 'Idempotency-Key': idempotencyKey() },
        }),
      );
      await client.invalidateQueries({ queryKey: ['call', call.id] });
    });
    if (!done) return;
    onClose();
    onDone();
  };
  return (
    <AskDialog
      {...{ open, onClose }}
      title={text('wrongPerson')}
      lead={text('wrongPersonLead')}
      confirm={text('wrongPerson')}
      look="danger"
      onConfirm={() => void detach()}
    >
      <TextArea label={text('note')} value={note} onChange={(event) => setNote(event.target.value)} />
    </AskDialog>
  );
}
