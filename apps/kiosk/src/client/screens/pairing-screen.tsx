import type { Kiosk } from '@repartee/kiosk-client';
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../words/words.js';

/** Shows the code by which an administrator lets this kiosk in. */
export function PairingScreen({ kiosk, online }: { kiosk: Kiosk; online: boolean }): ReactNode {
  const text = useText();
  const [code, setCode] = useState('');
  useEffect(() => {
    const leave = new AbortController();
    kiosk.pair(setCode, leave.signal).catch(() => undefined);
    return () => leave.abort();
  }, [kiosk]);
  return (
    <main className="screen centred">
      <h1>{text('pairTitle')}</h1>
      <p className="pair-code" data-testid="pairing-code" aria-live="polite">
        {code || text('pairWaiting')}
      </p>
      <p className="lead">{text('pairHow')}</p>
      {!online && <p role="status">{text('pairOffline')}</p>}
    </main>
  );
}
