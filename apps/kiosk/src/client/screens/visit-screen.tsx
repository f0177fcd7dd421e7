import type { Kiosk, Visit } from '@repartee/kiosk-client';
import { Badge, Button, LoadingState, useLanguage } from '@repartee/ui';
import { LogOut, QrCode as QrIcon, Printer } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { IdleWarning } from '../parts/idle-warning.js';
import { useSignsOfLife } from '../parts/use-idle.js';
import { useText } from '../words/words.js';
import { OfferCard } from './offer-card.js';
import { TakeAlong } from './take-along.js';
import { useOffers } from './use-offers.js';

/** Milliseconds between two touches that the hub hears of. */
const TOUCH_MS = 5_000;

/** What a visitor sees: offers by zone, and the ways to take them along. */
export function VisitScreen({
  kiosk,
  visit,
  onEnd,
}: {
  kiosk: Kiosk;
  visit: Visit;
  onEnd(): Promise<void>;
}): ReactNode {
  const text = useText();
  const { locale } = useLanguage();
  const [taking, setTaking] = useState(false);
  const end = useCallback(() => void onEnd(), [onEnd]);
  const touch = useCallback(() => {
    visit.touch().catch(end);
  }, [visit, end]);
  const { shown, fallbacks, answer } = useOffers(kiosk, visit, locale, end);
  useSignsOfLife(TOUCH_MS, touch);

  return (
    <main className="screen visit" data-offline={visit.offline}>
      <VisitHeader
        visit={visit}
        printable={shown?.some((offer) => offer.accepted) ?? false}
        onTake={() => setTaking(true)}
        onEnd={end}
      />
      {visit.offline && <p className="lead">{text('takeOffline')}</p>}
      {shown === undefined && <LoadingState lines={4} />}
      {shown?.length === 0 && fallbacks.length === 0 && <p className="lead">{text('nothing')}</p>}
      {fallbacks.map(({ headline, body }) => (
        <section key={headline} className="ui-card ui-card-body">
          <h2>{headline}</h2>
          {body !== undefined && <p className="lead">{body}</p>}
        </section>
      ))}
      <ul className="offers" data-testid="offers">
        {shown?.map((offer) => (
          <OfferCard
            key={offer.token}
            offer={offer}
            onShown={() => void visit.answer(offer, 'Viewed', offer.zone)}
            onAnswer={(given) => answer(offer, given)}
          />
        ))}
      </ul>
      {taking && (
        <TakeAlong visit={visit} offers={shown ?? []} onTaken={end} onClose={() => setTaking(false)} />
      )}
      <IdleWarning kiosk={kiosk} visit={visit} onStay={touch} onOver={end} />
    </main>
  );
}

interface HeaderProps {
  visit: Visit;
  /** Whether anything was accepted that could be printed. */
  printable: boolean;
  onTake(): void;
  onEnd(): void;
}

function VisitHeader({ visit, printable, onTake, onEnd }: HeaderProps): ReactNode {
  const text = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever listens to the screen hears where they are.
  useEffect(() => heading.current?.focus(), []);
  const { known, offline } = visit;
  return (
    <header>
      <h1 ref={heading} tabIndex={-1}>
        {text('hello')} <Badge tone={known ? 'accent' : 'info'}>{text(known ? 'known' : 'guest')}</Badge>
      </h1>
      <span className="visit-actions">
        <Button size="large" icon={<QrIcon aria-hidden />} disabled={offline} onClick={onTake}>
          {text('take')}
        </Button>
        <Button size="large" icon={<Printer aria-hidden />} disabled={!printable} onClick={() => print()}>
          {text('print')}
        </Button>
        <Button size="large" look="danger" icon={<LogOut aria-hidden />} onClick={onEnd}>
          {text('end')}
        </Button>
      </span>
    </header>
  );
}
