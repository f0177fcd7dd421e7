import { Select, TextArea, useToast } from '@repartee/ui';
import { type ReactNode, useState } from 'react';
import { AskDialog } from '../ask-dialog.js';
import { useOutbox } from '../live/outbox-provider.js';
import { type Call, useSettings } from '../queries.js';
import { useText } from '../words/words.js';

interface Props {
  call: Call;
  open: boolean;
  onClose(): void;
}

/** Gives the conversation to a queue of colleagues: they find the call, the talk and the note with the task. */
export function HandOverDialog({ call, open, onClose }: Props): ReactNode {
  const text = useText();
  const toast = useToast();
  const { send } = useOutbox();
  const named = Object.values(useSettings().data?.queues ?? {});
  const queues = [...new Set([...named, ...(call.queue === null ? [] : [call.queue])])];
  const [queue, setQueue] = useState('');
  const [note, setNote] = useState('');
  const to = queue || queues[0];
  const handOver = (): void => {
    if (to === undefined) return;
    const { profileId } = call.identity;
    const body = {
      kind: 'other',
      queue: to,
      subject: note.trim().slice(0, 300) || text('handOver'),
      priority: 70,
      callId: call.id,
      dialogueId: call.dialogueId,
      ...(profileId !== null && { profileId }),
      origin: `call:${call.id}:hand-over:${to}`,
    };
    send('/v1/tasks', body, call.id);
    toast(text('handedOver'), 'good');
    onClose();
  };
  return (
    <AskDialog
      {...{ open, onClose }}
      title={text('handOver')}
      lead={text('handOverLead')}
      confirm={text('handOver')}
      onConfirm={handOver}
    >
      <Select
        label={text('colleague')}
        value={to ?? ''}
        onChange={setQueue}
        choices={queues.map((one) => ({ value: one, label: one }))}
      />
      <TextArea label={text('note')} value={note} onChange={(event) => setNote(event.target.value)} />
    </AskDialog>
  );
}
