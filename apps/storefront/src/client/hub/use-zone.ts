import type { DecidedZone } from '@repartee/web';
import { useEffect, useState } from 'react';
import { useRouter } from '../router.js';
import { useAccount } from '../shop/account.js';
import { useCart } from '../shop/cart.js';
import { useHub } from './hub.js';

export interface ZoneState {
  /** True until the first answer. */
  loading: boolean;
  /** Null when the hub is away. */
  zone: DecidedZone | null;
}

/** What a zone holds now. Asks again after each navigation, change of the cart, and change of who is signed in. */
export function useZone(name: string, context?: Record<string, unknown>): ZoneState {
  const hub = useHub();
  const { place } = useRouter();
  const { changes } = useCart();
  const { user } = useAccount();
  const [state, setState] = useState<ZoneState>({ loading: hub !== null, zone: null });
  const facts = JSON.stringify(context ?? {});

  useEffect(() => {
    if (!hub) return;
    let current = true;
    // A moment later, so that the events of this page are recorded before the question.
    const timer = setTimeout(() => {
      hub.decide({ zones: [name], context: JSON.parse(facts), visible: true }).then(
        ({ zones }) =>
          current && setState({ loading: false, zone: zones.find(({ zone }) => zone === name) ?? null }),
        () => current && setState({ loading: false, zone: null }),
      );
    }, 0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [hub, name, facts, place.visit, changes, user?.id]);

  return state;
}
