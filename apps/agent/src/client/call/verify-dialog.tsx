import { answerOf, Button, Dialog, idempotencyKey, Select, useToast } from '@repartee/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
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
  const toast = useToast();
  const client = useQueryClient();
  const { api } = useHub();
  const [method, setMethod] = useState<string>(METHODS[0]);
  const [verified, setVerified] = useState<'full' | 'partial'>('full');
  const [busy, setBusy] = useState(false);
  const verify = async (): Promise<void> => {
    setBusy(true);
    try {
      const found = await answerOf(
        api.POST('/v1/calls/{id}/identity', {
          params: { path: { id: call.id } },
          body: { profileId: person.profileId, verified, method },
          headers: { 'Idempotency-Key': idempotencyKey() },
        }),
      );
      client.setQueryData(['call', call.id], found);
      onClose();
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), 'bad');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={text('verify')}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" busy={busy} onClick={() => void verify()}>
            {text('verify')}
          </Button>
        </>
      }
    >
      <p className="ui-soft">{text('verifyLead')}</p>
      <Select
        label={text('method')}
        value={method}
        onChange={setMethod}
        choices={METHODS.map((one) => ({ value: one, label: text(`method.${one}`) }))}
      />
      <Select
        label={text('level')}
        value={verified}
        onChange={(next) => setVerified(next as 'full' | 'partial')}
        choices={LEVELS.map((one) => ({ value: one, label: text(one) }))}
      />
    </Dialog>
  );
}
