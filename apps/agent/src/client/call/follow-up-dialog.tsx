import { answerOf, Button, Dialog, ErrorState, idempotencyKey, Select, useToast } from '@repartee/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Person, useCatalogue } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

/** A text or mail about an offer; what will arrive is shown before it goes. */
export function FollowUpDialog({
  person,
  open,
  onClose,
}: {
  person: Person;
  open: boolean;
  onClose(): void;
}): ReactNode {
  const text = useText();
  const toast = useToast();
  const { api } = useHub();
  const [channel, setChannel] = useState<'sms' | 'email'>('sms');
  const catalogue = useCatalogue(open);
  const offers = catalogue.data?.items ?? [];
  const [picked, pick] = useState('');
  const offer = picked || offers[0]?.key;
  const body = { profileId: person.profileId, channel, offer: offer ?? '' };
  const preview = useQuery({
    queryKey: ['preview', body],
    queryFn: () => answerOf(api.POST('/v1/desk/follow-ups/preview', { body })),
    enabled: open && offer !== undefined,
    retry: false,
  });
  const send = async (): Promise<void> => {
    try {
      await answerOf(
        api.POST('/v1/desk/follow-ups', { body, headers: { 'Idempotency-Key': idempotencyKey() } }),
      );
      toast(text('sent'), 'good');
      onClose();
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), 'bad');
    }
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={text('followUp')}
      actions={
        <>
          <Button onClick={onClose}>{text('cancel')}</Button>
          <Button look="primary" disabled={!preview.data} onClick={() => void send()}>
            {text('send')}
          </Button>
        </>
      }
    >
      <p className="ui-soft">{text('followUpLead')}</p>
      <Select
        label={text('channel')}
        value={channel}
        onChange={(next) => setChannel(next as 'sms')}
        choices={[
          { value: 'sms', label: text('sms') },
          { value: 'email', label: text('emailChannel') },
        ]}
      />
      <Select
        label={text('offer')}
        value={offer ?? ''}
        onChange={pick}
        choices={offers.map(({ key, name }) => ({ value: key, label: name }))}
      />
      <h3>{text('preview')}</h3>
      {preview.isError && <ErrorState error={preview.error} />}
      {preview.data && (
        <dl className="facts preview">
          {Object.entries(preview.data.content)
            .filter(([, value]) => typeof value === 'string')
            .map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  {String(value)
                    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
                    .replace(/\s+/g, ' ')
                    .slice(0, 600)}
                </dd>
              </div>
            ))}
        </dl>
      )}
    </Dialog>
  );
}
