import { Kbd, LoadingState, TextArea, TextField, useToast } from '@repartee/ui';
import { type ReactNode, useState } from 'react';
import { AskDialog } from '../ask-dialog.js';
import { useOutbox } from '../live/outbox-provider.js';
import { type Call, useSettings } from '../queries.js';
import { useText } from '../words/words.js';

interface Props {
  call: Call;
  open: boolean;
  onClose(): void;
  onDone(): void;
}

/** How the call ended. Figures choose a code, Enter says it: no mouse is needed, and no line either. */
export function OutcomeDialog({ call, open, onClose, onDone }: Props): ReactNode {
  const text = useText();
  const toast = useToast();
  const { send } = useOutbox();
  const settings = useSettings();
  const [code, setCode] = useState<string>();
  const [note, setNote] = useState('');
  const [callBackAt, setCallBackAt] = useState('');
  const outcomes = settings.data?.outcomes ?? [];
  const later = outcomes.find((one) => one.code === code)?.meaning === 'call_back';
  const finish = (): void => {
    if (code === undefined) return;
    const words = note.trim() !== '' && { note: note.trim() };
    const when = later && callBackAt !== '' && { callBackAt: new Date(callBackAt).toISOString() };
    send(`/v1/calls/${call.id}/outcome`, { code, ...words, ...when }, call.id);
    toast(text('outcomeKept'), 'good');
    onClose();
    if (call.status === 'ended') onDone();
  };
  return (
    <AskDialog
      {...{ open, onClose }}
      title={text('outcomeLead')}
      confirm={text('finish')}
      disabled={code === undefined}
      onConfirm={finish}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          finish();
        }}
      >
        {settings.data ? <Outcomes {...{ outcomes, code, setCode }} /> : <LoadingState />}
        {later && (
          <TextField
            label={text('callBackAt')}
            type="datetime-local"
            value={callBackAt}
            onChange={(event) => setCallBackAt(event.target.value)}
          />
        )}
        <TextArea label={text('note')} value={note} onChange={(event) => setNote(event.target.value)} />
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </AskDialog>
  );
}

function Outcomes({
  outcomes,
  code,
  setCode,
}: {
  outcomes: readonly { code: string; name: string }[];
  code: string | undefined;
  setCode(code: string): void;
}): ReactNode {
  const text = useText();
  return (
    <fieldset
      className="choices"
      onKeyDown={({ key }) => {
        const picked = /^[1-9]$/.test(key) ? outcomes[Number(key) - 1] : undefined;
        if (picked) setCode(picked.code);
      }}
    >
      <legend className="ui-label">{text('outcome')}</legend>
      {outcomes.map((one, at) => (
        <label key={one.code} className="choice">
          <input
            type="radio"
            name="outcome"
            value={one.code}
            checked={code === one.code}
            onChange={() => setCode(one.code)}
          />
          <span>{one.name}</span>
          {at < 9 && <Kbd>{at + 1}</Kbd>}
        </label>
      ))}
    </fieldset>
  );
}
