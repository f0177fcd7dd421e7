import { answerOf, EmptyState, idempotencyKey, TextField, useLanguage, useToast } from '@repartee/ui';
import { type ReactNode, useState } from 'react';
import { AskDialog } from '../ask-dialog.js';
import { useAttempt } from '../attempt.js';
import { type Call, type Offer, useCatalogue } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

interface Props {
  call: Call;
  offer: Offer;
  onAgreed(offer: Offer): void;
  onClose(): void;
}

/** Moves the levers of an offer, as far as the budgets go. */
export function Negotiate({ call, offer, onAgreed, onClose }: Props): ReactNode {
  const text = useText();
  const toast = useToast();
  const attempt = useAttempt();
  const { api, agent } = useHub();
  const { format } = useLanguage();
  const catalogue = useCatalogue(true);
  const levers = catalogue.data?.items.find(({ key }) => key === offer.offer)?.negotiation?.levers ?? [];
  const [terms, setTerms] = useState<Record<string, number>>({});
  const agree = (): Promise<boolean> =>
    attempt(async () => {
      const body = { negotiationId: idempotencyKey(), token: offer.token, terms, agent, callId: call.id };
      const agreed = await answerOf(api.POST('/v1/negotiations', { body }));
      const amounts = agreed.remaining.map((one) => format.number(one)).join(', ');
      onAgreed(agreed.offer);
      toast(text('remaining', { amounts }), 'good');
      onClose();
    });
  return (
    <AskDialog
      onClose={onClose}
      title={text('negotiate')}
      lead={text('negotiateLead')}
      confirm={text('agree')}
      disabled={levers.length === 0}
      onConfirm={() => void agree()}
    >
      {catalogue.data && levers.length === 0 && <EmptyState title={text('noLevers')} />}
      {levers.map(({ key, name, from, to, step }) => (
        <TextField
          key={key}
          label={name ?? key}
          type="number"
          min={Math.min(from, to)}
          max={Math.max(from, to)}
          step={step}
          value={terms[key] ?? from}
          hint={`${from} – ${to}`}
          onChange={({ target }) => setTerms({ ...terms, [key]: Number(target.value) })}
        />
      ))}
    </AskDialog>
  );
}
