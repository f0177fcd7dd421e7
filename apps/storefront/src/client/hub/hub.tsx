import { createRepartee } from '@repartee/web';
import type { Repartee } from '@repartee/web';
import { createContext, useContext, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { ShopConfig } from '../../catalogue/product.js';
import { fetchMe } from '../shop-api.js';
import { asksForConsent, rememberedAnswer } from './consent-memory.js';

const HubContext = createContext<Repartee | null>(null);

/** Connects the page with the hub. Without an address everything works, nothing is recorded. */
export function HubProvider({
  config,
  children,
}: {
  config: ShopConfig | null;
  children: ReactNode;
}): ReactNode {
  const [hub] = useState(() => (config ? connect(config) : null));
  useEffect(() => () => hub?.stop(), [hub]);
  return <HubContext value={hub}>{children}</HubContext>;
}

/** Who was asked decides; who never was is not kept waiting, for this is a demonstration. */
function connect(config: ShopConfig): Repartee {
  const answer = rememberedAnswer();
  const asks = answer !== undefined || asksForConsent();
  const hub = createRepartee({
    host: config.host || location.origin,
    writeKey: config.writeKey,
    userToken: async () => (await fetchMe())?.userToken,
    live: true,
    worker: shareStream,
    ...(asks && { consent: { needs: 'analytics' } }),
  });
  if (answer !== undefined) hub.consent.update({ analytics: answer });
  return hub;
}

/** Bundlers know this form; where there are no shared workers it throws, and the pages share by themselves. */
function shareStream(): SharedWorker {
  return new SharedWorker(new URL('./stream-worker.ts', import.meta.url), { type: 'module' });
}

export function useHub(): Repartee | null {
  return useContext(HubContext);
}
