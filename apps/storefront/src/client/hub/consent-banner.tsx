import type { ReactNode } from 'react';
import { useText } from '../texts/use-text.js';
import { rememberAnswer } from './consent-memory.js';
import { useHub } from './hub.js';

/** Asks, remembers the answer, and tells the hub's client. */
export function ConsentBanner(props: { asking: boolean; onAnswer: () => void }): ReactNode {
  const hub = useHub();
  const text = useText();
  if (!hub || !props.asking) return null;
  const answer = (analytics: boolean): void => {
    rememberAnswer(analytics);
    hub.consent.update({ analytics });
    props.onAnswer();
  };
  return (
    <section className="consent" aria-label={text('consentTitle')} data-testid="consent">
      <p>{text('consentAsk')}</p>
      <div className="offer-actions">
        <button
          type="button"
          className="button primary"
          onClick={() => answer(true)}
          data-testid="consent-yes"
        >
          {text('yes')}
        </button>
        <button type="button" className="button" onClick={() => answer(false)} data-testid="consent-no">
          {text('no')}
        </button>
      </div>
    </section>
  );
}
