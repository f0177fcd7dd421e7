import { answerOf, ErrorState, idempotencyKey, Select, useToast } from '@repartee/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { AskDialog } from '../ask-dialog.js';
import { useAttempt } from '../attempt.js';
import { type Call, type Person, useCatalogue } from '../queries.js';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';

interface Props {
  call: Call;
  person: Person;
  open: boolean;
  onClose(): void;
}

/** A text or mail about an offer; what will arrive is shown before it goes. */
export function FollowUpDialog({ call, person, open, onClose }: Props): ReactNode {
  const text = useText();
  const toast = useToast();
  const attempt = useAttempt();
  const { api } = useHub();
  const [channel, setChannel] = useState<'sms' | 'email'>('sms');
  const offers = useCatalogue(open).data?.items ?? [];
  const [picked, pick] = useState('');
  const offer = picked || offers[0]?.key;
  const body = { profileId: person.profileId, channel, offer: offer ?? '', callId: call.id };
  const preview = useQuery({
    queryKey: ['preview', body, call.identity.verified],
    queryFn: () => answerOf(api.POST('/v1/desk/follow-ups/preview', { body })),
    enabled: open && offer !== undefined,
    retry: false,
  });
  const send = async (): Promise<void> => {
    const headers = { 'Idempotency-Key': idempotencyKey() };
    if (!(await attempt(() => answerOf(api.POST('/v1/desk/follow-ups', { body, headers }))))) return;
    toast(text('sent'), 'good');
    onClose();
  };
  return (
    <AskDialog
      {...{ open, onClose }}
      title={text('followUp')}
      lead={text('followUpLead')}
      confirm={text('send')}
      disabled={!preview.data}
      onConfirm={() => void send()}
    >
      <Select
        label={text('channel')}
        value={channel}
        onChange={(next) => setChannel(next === 'email' ? 'email' : 'sms')}
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
      {preview.data && <Preview content={preview.data.content} />}
    </AskDialog>
  );
}

const MOST = 600;

/** The words of a message, without its dress. */
function Preview({ content }: { content: Readonly<Record<string, unknown>> }): ReactNode {
  const texts = Object.entries(content).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return (
    <dl className="facts preview" data-testid="preview">
      {texts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{plain(value).slice(0, MOST)}</dd>
        </div>
      ))}
    </dl>
  );
}

function plain(html: string): string {
  if (!html.includes('<')) return html;
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const dress of body.querySelectorAll('style, script')) dress.remove();
  return (body.textContent ?? '').replace(/\s+/g, ' ').trim();
}
