import { createRepartee } from '@repartee/web';
import type { Repartee } from '@repartee/web';
import { createContext, useContext, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { ShopConfig } from '../../catalogue/product.js';
import { fetchMe } from '../shop-api.js';
import { asksForConsent } from './asks-for-consent.js';

const HubContext = createContext<Repartee | null>(null);

/** Connects the page with the hub. Without an address everything works, nothing is recorded. */
export function HubProvider({
  config,
  children,
}: {
  config: ShopConfig | null;
  children: ReactNode;
}): ReactNode {
  const [hub] = useState(() =>
    config
      ? createRepartee({
          host: config.host || location.origin,
          writeKey: config.writeKey,
          userToken: async () => (await fetchMe())?.userToken,
          live: true,
          worker: shareStream,
          ...(asksForConsent() && { consent: { needs: 'analytics' } }),
        })
      : null,
  );
  useEffect(() => () => hub?.stop(), [hub]);
  return <HubContext value={hub}>{children}</HubContext>;
}

/** Bundlers know this form; where there are no shared workers it throws, and the pages share by themselves. */
function shareStream(): SharedWorker {
  return new SharedWorker(new URL('./stream-worker.ts', import.meta.url), { type: 'module' });
}

export function useHub(): Repartee | null {
  return useContext(HubContext);
}
