import {
  answerOf,
  Button,
  Dialog,
  EmptyState,
  idempotencyKey,
  TextField,
  useLanguage,
  useToast,
} from '@repartee/ui';
import { type ReactNode, useState } from 'react';
import { type Offer, useCatalogue } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

/** Moves the levers of an offer, as far as the budgets go. */
export function Negotiate({
  offer,
  onAgreed,
  onClose,
}: {
  offer: Offer;
  onAgreed(offer: Offer): void;
  onClose(): void;
}): ReactNode {
  const text = useText();
  const toast = useToast();
  const { api, agent } = useHub();
  const { format } = useLanguage();
  const catalogue = useCatalogue(true);
  const levers = catalogue.data?.items.find(({ key }) => key === offer.offer)?.negotiation?.levers ?? [];
  const [terms, setTerms] = useState<Record<string, number>>({});
  const agree = async (): Promise<void> => {
    try {
      const agreed = await answerOf(
        api.POST('/v1/negotiations', {
          body: { negotiationId: idempotencyKey(), token: offer.token, terms, agent },
        }),
      );
      onAgreed(agreed.offer);
      toast(
        text('remaining', { amounts: agreed.remaining.map((one) => format.number(one)).join(', ') }),
        'good',
      );
      onClose();
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), 'bad');
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={text('negotiate')}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" disabled={levers.length === 0} onClick={() => void agree()}>
            {text('agree')}
          </Button>
        </>
      }
    >
      <p className="ui-soft">{text('negotiateLead')}</p>
      {catalogue.data && levers.length === 0 && <EmptyState title="–" />}
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
    </Dialog>
  );
}
