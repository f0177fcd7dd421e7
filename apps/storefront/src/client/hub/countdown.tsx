import { clockText } from '@repartee/web';
import type { Offer } from '@repartee/web';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useHub } from './hub.js';

/** How long a limited offer lasts, by the hub's clock; nothing for the others. */
export function Countdown({ offer, onEnd }: { offer: Offer; onEnd: () => void }): ReactNode {
  const hub = useHub();
  const [left, setLeft] = useState<number | null>(null);
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    if (!hub || !offer.countdown) return undefined;
    return hub.countdown(offer, (milliseconds) => {
      setLeft(milliseconds);
      if (milliseconds === 0) end.current();
    });
  }, [hub, offer]);
  if (left === null) return null;
  // Read aloud once, not every second.
  return (
    <p className="countdown" role="timer" data-testid="countdown">
      {clockText(left)}
    </p>
  );
}
