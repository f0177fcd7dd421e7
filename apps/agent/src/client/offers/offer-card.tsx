import { Badge, Button, Card, Countdown, idempotencyKey, Kbd, Menu, useNow } from '@repartee/ui';
import { CircleHelp, Ellipsis, Handshake } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useKeys } from '../keys.js';
import { useLive } from '../live/live.js';
import { useOutbox } from '../live/outbox-provider.js';
import type { Call, Offer } from '../queries.js';
import { useText } from '../words/words.js';
import { Negotiate } from './negotiate.js';

const REASONS = ['price', 'have', 'time', 'trust', 'other'] as const;
/** What came of an offer, and the word for it. */
const WORDS = {
  accept: 'accept',
  later: 'later',
  not_presented: 'notPresented',
  dismiss: 'notHeard',
  reject: 'reject',
} as const;
type Type = keyof typeof WORDS;
type Answer = (type: Type, reason?: string) => void;

interface Props {
  offer: Offer;
  call: Call;
  at: number;
  /** Keys speak to this one. */
  chosen: boolean;
  /** Of the offer, as the catalogue calls it. */
  name: string;
  onChoose(): void;
}

/** One offer: why, what to say, how long it holds, and what came of it. */
export function OfferCard({ offer: decided, call, at, name, chosen, onChoose }: Props): ReactNode {
  const text = useText();
  const { send } = useOutbox();
  const { offset } = useLive();
  const [agreed, agree] = useState<Offer>();
  const [told, setTold] = useState<string>();
  const [negotiating, negotiate] = useState(false);
  const offer = agreed ?? decided;
  const now = useNow(offset);
  const over = Date.parse(offer.validUntil) <= now;
  const answer: Answer = (type, reason) => {
    if (told !== undefined || over) return;
    const body = { responseId: idempotencyKey(), token: offer.token, type, ...(reason && { reason }) };
    send('/v1/responses', body, call.id);
    setTold(text(WORDS[type]));
  };
  useKeysOfOffer(chosen, answer, () => negotiate(true));
  return (
    <Card
      className="offer"
      data-testid={`offer-${offer.offer}`}
      data-chosen={chosen || undefined}
      data-over={over || undefined}
      onFocus={onChoose}
      title={
        <>
          <Kbd>{at + 1}</Kbd> {name}
        </>
      }
      actions={
        <span className="small ui-soft until">
          {text('until')} <Countdown until={Date.parse(offer.validUntil)} offset={offset} />
        </span>
      }
    >
      <Pitch offer={offer} />
      {told === undefined ? (
        <Answers {...{ name, chosen, over, answer }} onNegotiate={() => negotiate(true)} />
      ) : (
        <Badge tone="good">
          <span data-testid="told">{text('told', { what: told })}</span>
        </Badge>
      )}
      {negotiating && <Negotiate {...{ call, offer }} onAgreed={agree} onClose={() => negotiate(false)} />}
    </Card>
  );
}

/** What to say, what to know, and why. */
function Pitch({ offer }: { offer: Offer }): ReactNode {
  const { script, notes } = offer.content as { script?: string; notes?: string };
  return (
    <>
      {script !== undefined && <blockquote className="script">{script}</blockquote>}
      {notes !== undefined && <p className="ui-soft">{notes}</p>}
      <p className="because">
        <CircleHelp size={15} aria-hidden /> {offer.reason}
      </p>
    </>
  );
}

interface AnswersProps {
  name: string;
  chosen: boolean;
  over: boolean;
  answer: Answer;
  onNegotiate(): void;
}

function Answers({ name, chosen, over, answer, onNegotiate }: AnswersProps): ReactNode {
  const text = useText();
  const { stale } = useLive();
  const key = (letter: string): ReactNode => chosen && <Kbd>{letter}</Kbd>;
  const reasons = REASONS.map((reason) => ({
    key: reason,
    label: text(`reason.${reason}`),
    onPick: () => answer('reject', reason),
  }));
  const entry = (type: Type, letter: string, reason?: string) => ({
    key: type,
    label: text(WORDS[type]),
    mark: key(letter),
    onPick: () => answer(type, reason),
  });
  return (
    <div className="cluster actions" role="group" aria-label={name}>
      <Button look="primary" size="small" disabled={over} onClick={() => answer('accept')}>
        {text('accept')} {key('a')}
      </Button>
      <Menu
        size="small"
        entries={reasons}
        label={
          <>
            {text('reject')} {key('r')}
          </>
        }
      />
      <Button size="small" disabled={over} onClick={() => answer('later')}>
        {text('later')} {key('l')}
      </Button>
      <Menu
        size="small"
        look="quiet"
        name={text('more')}
        label={<Ellipsis size={16} aria-hidden />}
        entries={[
          entry('not_presented', 'p'),
          entry('dismiss', 'h', 'not heard'),
          {
            key: 'negotiate',
            label: text('negotiate'),
            icon: <Handshake size={15} aria-hidden />,
            mark: key('g'),
            disabled: stale || over,
            onPick: onNegotiate,
          },
        ]}
      />
    </div>
  );
}

/** Only the chosen offer listens. */
function useKeysOfOffer(chosen: boolean, answer: Answer, negotiate: () => void): void {
  useKeys(
    chosen
      ? {
          a: () => answer('accept'),
          r: () => answer('reject', 'other'),
          l: () => answer('later'),
          p: () => answer('not_presented'),
          h: () => answer('dismiss', 'not heard'),
          g: negotiate,
        }
      : {},
  );
}
