import { ReparteeError } from '@repartee/web';
import type { Offer } from '@repartee/web';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Link, shopPath } from '../router.js';
import { useText } from '../texts/use-text.js';
import { useUsedOffers } from '../shop/used-offers.js';
import { useHub } from './hub.js';
import type { ShownContent } from './offer-content.js';

interface Props {
  offer: Offer | undefined;
  content: ShownContent;
  testId: string;
}

/** The link of a treatment, and the button that takes the offer up. */
export function OfferActions({ offer, content, testId }: Props): ReactNode {
  const hub = useHub();
  const text = useText();
  const { used, use } = useUsedOffers();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const taken = offer !== undefined && used.some(({ key }) => key === offer.offer);

  const click = (): void => {
    // The page goes on whatever becomes of the report.
    if (offer) hub?.click(offer).catch(() => undefined);
  };
  const accept = async (): Promise<void> => {
    if (!offer || !hub) return;
    setBusy(true);
    setProblem(null);
    try {
      await hub.accept(offer);
      use({ key: offer.offer, label: content.headline });
    } catch (error) {
      const late = error instanceof ReparteeError && error.code === 'OFFER.EXPIRED';
      setProblem(text(late ? 'offerEnded' : 'didNotWork'));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="offer-actions">
      {offer && !taken && (
        <button
          type="button"
          className="button primary"
          disabled={busy}
          onClick={() => void accept()}
          data-testid={`${testId}-accept`}
        >
          {text(busy ? 'moment' : 'useOffer')}
        </button>
      )}
      {taken && (
        <p className="offer-used" role="status" data-testid={`${testId}-used`}>
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M4 10.5 8.3 15 16 6" />
          </svg>
          {text('offerIsYours')}
        </p>
      )}
      {content.cta && (
        <CallToAction {...content.cta} quiet={offer !== undefined} onClick={click} testId={testId} />
      )}
      {problem && (
        <p className="offer-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function CallToAction(props: {
  label: string;
  url: string;
  quiet: boolean;
  onClick: () => void;
  testId: string;
}): ReactNode {
  const { label, url, quiet, onClick, testId } = props;
  const path = shopPath(url);
  const shared = { className: quiet ? 'button' : 'button primary', onClick, 'data-testid': `${testId}-cta` };
  return path ? (
    <Link to={path} {...shared}>
      {label}
    </Link>
  ) : (
    <a href={url} {...shared}>
      {label}
    </a>
  );
}
