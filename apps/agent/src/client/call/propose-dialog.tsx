import {
  answerOf,
  Button,
  ErrorState,
  idempotencyKey,
  LoadingState,
  TextArea,
  TextField,
  useToast,
} from '@repartee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { AskDialog } from '../ask-dialog.js';
import { useAttempt } from '../attempt.js';
import { ChangePreview } from '../person/change-preview.js';
import type { Call, Person } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

interface Props {
  call: Call;
  person: Person;
  kind: 'merge' | 'split';
  onClose(): void;
}

/** Says that the caller is somebody else as well, or that some of what they are known by is not theirs; a supervisor decides. */
export function ProposeDialog({ call, person, kind, onClose }: Props): ReactNode {
  const text = useText();
  const toast = useToast();
  const attempt = useAttempt();
  const client = useQueryClient();
  const { api } = useHub();
  const [other, setOther] = useState('');
  const [leaving, setLeaving] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const { profileId } = person;
  const change =
    kind === 'merge'
      ? { kind, profileId, other: identifierOf(other), callId: call.id }
      : { kind, profileId, identifiers: [...leaving], callId: call.id };
  const ready = kind === 'merge' ? other.trim() !== '' : leaving.length > 0;
  const preview = useMutation({
    mutationFn: () => answerOf(api.POST('/v1/desk/proposals/preview', { body: change })),
  });
  const send = async (): Promise<void> => {
    const body = { ...change, reason: reason.trim() };
    const headers = { 'Idempotency-Key': idempotencyKey() };
    if (!(await attempt(() => answerOf(api.POST('/v1/desk/proposals', { body, headers }))))) return;
    await client.invalidateQueries({ queryKey: ['tasks'] });
    toast(text('proposed'), 'good');
    onClose();
  };
  return (
    <AskDialog
      wide
      onClose={onClose}
      title={text(kind === 'merge' ? 'proposeMerge' : 'proposeSplit')}
      lead={text('proposeLead')}
      confirm={text('propose')}
      disabled={!ready || reason.trim() === ''}
      onConfirm={() => void send()}
    >
      {kind === 'merge' ? (
        <TextField
          label={text('whoElse')}
          hint={text('whoElseHint')}
          value={other}
          onChange={(event) => setOther(event.target.value)}
        />
      ) : (
        <Leaving {...{ person, leaving, setLeaving }} />
      )}
      <TextArea label={text('reason')} value={reason} onChange={(event) => setReason(event.target.value)} />
      <Button size="small" disabled={!ready} onClick={() => preview.mutate()}>
        {text('preview')}
      </Button>
      {preview.isPending && <LoadingState lines={3} />}
      {preview.isError && <ErrorState error={preview.error} />}
      {preview.data && <ChangePreview preview={preview.data} />}
    </AskDialog>
  );
}

interface LeavingProps {
  person: Person;
  leaving: readonly string[];
  setLeaving(leaving: readonly string[]): void;
}

function Leaving({ person, leaving, setLeaving }: LeavingProps): ReactNode {
  const text = useText();
  return (
    <fieldset className="choices">
      <legend className="ui-label">{text('notTheirs')}</legend>
      {person.identifiers.map(({ namespace, value }) => {
        const key = `${namespace}:${value}`;
        const chosen = leaving.includes(key);
        return (
          <label key={key} className="choice">
            <input
              type="checkbox"
              checked={chosen}
              onChange={() => setLeaving(chosen ? leaving.filter((one) => one !== key) : [...leaving, key])}
            />
            <span>
              {namespace}: {value}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** What somebody says they are known by: an address, a number, or a customer's id. */
function identifierOf(said: string): string {
  const words = said.trim();
  if (/^[a-z][a-z0-9_]*:/.test(words)) return words;
  if (words.includes('@')) return `email:${words}`;
  return /^\+[\d\s().-]{6,}$/.test(words) ? `phone:${words}` : `user_id:${words}`;
}
