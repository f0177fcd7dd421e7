import { Badge, Button, Card, Countdown, idempotencyKey, Kbd, Menu, useNow } from '@repartee/ui';
import { CircleHelp, Handshake } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useKeys } from '../keys.js';
import { useLive } from '../live/live.js';
import { useOutbox } from '../live/outbox-provider.js';
import type { Call, Offer } from '../queries.js';
import { useText } from '../words/words.js';
import { Negotiate } from './negotiate.js';

const REASONS = ['price', 'have', 'time', 'trust', 'other'] as const;
const TYPES = ['accept', 'later', 'not_presented', 'dismiss', 'reject'] as const;
type Type = (typeof TYPES)[number];
const WORDS = {
  accept: 'accept',
  later: 'later',
  not_presented: 'notPresented',
  dismiss: 'notHeard',
  reject: 'reject',
} as const satisfies Record<Type, string>;

interface Props {
  offer: Offer;
  call: Call;
  at: number;
  /** Keys speak to this one. */
  chosen: boolean;
  onChoose(): void;
}

/** One offer: why, what to say, how long it holds, and what came of it. */
export function OfferCard({ offer: decided, call, at, chosen, onChoose }: Props): ReactNode {
  const text = useText();
  const { send } = useOutbox();
  const { offset, stale } = useLive();
  const [agreed, agree] = useState<Offer>();
  const [told, setTold] = useState<string>();
  const [negotiating, negotiate] = useState(false);
  const offer = agreed ?? decided;
  const now = useNow(offset);
  const over = Date.parse(offer.validUntil) <= now;
  const answer = (type: Type, reason?: string): void => {
    if (told !== undefined || over) return;
    const body = { responseId: idempotencyKey(), token: offer.token, type, ...(reason && { reason }) };
    send('/v1/responses', body, call.id);
    setTold(text(WORDS[type]));
  };
  useKeysOfOffer(chosen, answer, () => negotiate(true));
  const { script, notes } = offer.content as { script?: string; notes?: string };
  return (
    <Card
      className="offer"
      data-testid={`offer-${offer.offer}`}
      data-chosen={chosen || undefined}
      data-over={over || undefined}
      onFocus={onChoose}
      title={
        <>
          <Kbd>{at + 1}</Kbd> {offer.offer}
        </>
      }
      actions={
        <span className="small ui-soft">
          {text('until')} <Countdown until={Date.parse(offer.validUntil)} offset={offset} />
        </span>
      }
    >
      {script !== undefined && <blockquote className="script">{script}</blockquote>}
      {notes !== undefined && <p className="ui-soft">{notes}</p>}
      <p className="because">
        <CircleHelp size={15} aria-hidden /> {offer.reason}
      </p>
      {told === undefined ? (
        <div className="cluster actions" role="group" aria-label={offer.offer}>
          <Button look="primary" size="small" disabled={over} onClick={() => answer('accept')}>
            {text('accept')} {chosen && <Kbd>a</Kbd>}
          </Button>
          <Menu
            size="small"
            label={
              <>
                {text('reject')} {chosen && <Kbd>r</Kbd>}
              </>
            }
            entries={REASONS.map((reason) => ({
              key: reason,
              label: text(`reason.${reason}`),
              onPick: () => answer('reject', reason),
            }))}
          />
          <Button size="small" onClick={() => answer('later')} disabled={over}>
            {text('later')} {chosen && <Kbd>l</Kbd>}
          </Button>
          <Button size="small" look="quiet" onClick={() => answer('not_presented')}>
            {text('notPresented')} {chosen && <Kbd>p</Kbd>}
          </Button>
          <Button size="small" look="quiet" onClick={() => answer('dismiss', 'not heard')}>
            {text('notHeard')} {chosen && <Kbd>h</Kbd>}
          </Button>
          <Button
            size="small"
            look="quiet"
            disabled={stale || over}
            icon={<Handshake size={15} aria-hidden />}
            onClick={() => negotiate(true)}
          >
            {text('negotiate')}
          </Button>
        </div>
      ) : (
        <Badge tone="good">
          <span data-testid="told">{text('told', { what: told })}</span>
        </Badge>
      )}
      {negotiating && <Negotiate offer={offer} onAgreed={agree} onClose={() => negotiate(false)} />}
    </Card>
  );
}

/** Only the chosen offer listens. */
function useKeysOfOffer(
  chosen: boolean,
  answer: (type: Type, reason?: string) => void,
  negotiate: () => void,
): void {
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
