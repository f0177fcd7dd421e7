import { answerOf, Button, Dialog, idempotencyKey, TextArea, useToast } from '@repartee/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
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
  const toast = useToast();
  const client = useQueryClient();
  const { api } = useHub();
  const [note, setNote] = useState('');
  const detach = async (): Promise<void> => {
    try {
      await answerOf(
        api.POST('/v1/desk/calls/{id}/wrong-person', {
          params: { path: { id: call.id } },
          body: note.trim() === '' ? {} : { note: note.trim() },
          headers: { 'Idempotency-Key': idempotencyKey() },
        }),
      );
      await client.invalidateQueries({ queryKey: ['call', call.id] });
      onClose();
      onDone();
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), 'bad');
    }
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={text('wrongPerson')}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="danger" onClick={() => void detach()}>
            {text('wrongPerson')}
          </Button>
        </>
      }
    >
      <p className="ui-soft">{text('wrongPersonLead')}</p>
      <TextArea label={text('note')} value={note} onChange={(event) => setNote(event.target.value)} />
    </Dialog>
  );
}
