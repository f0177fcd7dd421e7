import { useState } from 'react';
import type { ReactNode } from 'react';
import { asksForConsent } from './asks-for-consent.js';
import { useHub } from './hub.js';

/** Asks, and tells the hub's client. */
export function ConsentBanner(): ReactNode {
  const hub = useHub();
  const [asking, setAsking] = useState(asksForConsent);
  if (!hub || !asking) return null;
  const answer = (analytics: boolean): void => {
    hub.consent.update({ analytics });
    setAsking(false);
  };
  return (
    <section className="consent" aria-label="Your privacy" data-testid="consent">
      <p>May we note what you look at, to show you what fits? Without your yes nothing is recorded.</p>
      <div className="offer-actions">
        <button
          type="button"
          className="button primary"
          onClick={() => answer(true)}
          data-testid="consent-yes"
        >
          Yes
        </button>
        <button type="button" className="button" onClick={() => answer(false)} data-testid="consent-no">
          No
        </button>
      </div>
    </section>
  );
}
