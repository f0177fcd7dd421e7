import { answerOf, idempotencyKey, Select } from '@repartee/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { AskDialog } from '../ask-dialog.js';
import { useAttempt } from '../attempt.js';
import type { Call, Person } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

const METHODS = ['security-questions', 'one-time-code', 'call-back', 'document'] as const;
const LEVELS = ['full', 'partial'] as const;

interface Props {
  call: Call;
  person: Person;
  open: boolean;
  onClose(): void;
}

/** How the caller proved who they are; it is audited. */
export function VerifyDialog({ call, person, open, onClose }: Props): ReactNode {
  const text = useText();
  const attempt = useAttempt();
  const client = useQueryClient();
  const { api } = useHub();
  const [method, setMethod] = useState<string>(METHODS[0]);
  const [verified, setVerified] = useState<'full' | 'partial'>('full');
  const [busy, setBusy] = useState(false);
  const verify = async (): Promise<void> => {
    setBusy(true);
    const done = await attempt(async () => {
      const found = await answerOf(
        api.POST('/v1/calls/{id}/identity', {
          params: { path: { id: call.id } },
          body: { profileId: person.profileId, verified, method },
          headers: { 'Idempotency-Key': idempotencyKey() },
        }),
      );
      client.setQueryData(['call', call.id], found);
    });
    setBusy(false);
    if (done) onClose();
  };
  return (
    <AskDialog
      {...{ open, onClose, busy }}
      title={text('verify')}
      lead={text('verifyLead')}
      confirm={text('verify')}
      onConfirm={() => void verify()}
    >
      <Select
        label={text('method')}
        value={method}
        onChange={setMethod}
        choices={METHODS.map((one) => ({ value: one, label: text(`method.${one}`) }))}
      />
      <Select
        label={text('level')}
        value={verified}
        onChange={(next) => setVerified(next === 'partial' ? 'partial' : 'full')}
        choices={LEVELS.map((one) => ({ value: one, label: text(one) }))}
      />
    </AskDialog>
  );
}
