import { Button, Dialog, Select, TextArea, useToast } from '@repartee/ui';
import { type ReactNode, useState } from 'react';
import { useOutbox } from '../live/outbox-provider.js';
import { type Call, useSettings } from '../queries.js';
import { useText } from '../words/words.js';

/** Gives the conversation to a queue of colleagues: they find the call, the talk and the note with the task. */
export function HandOverDialog({
  call,
  open,
  onClose,
}: {
  call: Call;
  open: boolean;
  onClose(): void;
}): ReactNode {
  const text = useText();
  const toast = useToast();
  const { send } = useOutbox();
  const settings = useSettings();
  const queues = [
    ...new Set([...Object.values(settings.data?.queues ?? {}), ...(call.queue ? [call.queue] : [])]),
  ];
  const [queue, setQueue] = useState('');
  const [note, setNote] = useState('');
  const to = queue || queues[0];
  const handOver = (): void => {
    if (to === undefined) return;
    send(
      '/v1/tasks',
      {
        kind: 'other',
        queue: to,
        subject: note.trim().slice(0, 300) || text('handOver'),
        priority: 70,
        callId: call.id,
        dialogueId: call.dialogueId,
        ...(call.identity.profileId !== null && { profileId: call.identity.profileId }),
        origin: `call:${call.id}:hand-over:${to}`,
      },
      call.id,
    );
    toast(text('handedOver'), 'good');
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={text('handOver')}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" onClick={handOver}>
            {text('handOver')}
          </Button>
        </>
      }
    >
      <p className="ui-soft">{text('handOverLead')}</p>
      <Select
        label={text('colleague')}
        value={to ?? ''}
        onChange={setQueue}
        choices={queues.map((one) => ({ value: one, label: one }))}
      />
      <TextArea label={text('note')} value={note} onChange={(event) => setNote(event.target.value)} />
    </Dialog>
  );
}
