import type { DecidedZone, Repartee, ZoneBinding, ZoneOptions } from './repartee.js';

/** Decides, renders and observes one zone in one element; a later answer replaces an earlier one, never the reverse. */
export function bindZone(
  repartee: Pick<Repartee, 'decide' | 'observe' | 'onPushed'>,
  element: Element,
  zone: string,
  render: (zone: DecidedZone | null, element: Element) => void,
  { count = 1, ...options }: ZoneOptions,
  onError: (error: Error) => void,
): ZoneBinding {
  let stopObserving: () => void = () => undefined;
  let latest = 0;
  const show = (decided: DecidedZone | null): void => {
    stopObserving();
    render(decided, element);
    const offer = decided?.offers[0];
    stopObserving = offer ? repartee.observe(element, offer) : () => undefined;
  };
  const refresh = async (): Promise<void> => {
    const asked = ++latest;
    try {
      const { zones } = await repartee.decide({ ...options, zones: [{ zone, count }] });
      if (asked === latest) show(zones.find((decided) => decided.zone === zone) ?? null);
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
      if (asked === latest) show(null);
    }
  };
  const stopPushes = repartee.onPushed((pushed) => {
    if (pushed.zone !== zone) return;
    // What was asked before knows nothing of it.
    latest += 1;
    show(pushed);
  });
  void refresh();
  return {
    refresh,
    stop: () => {
      latest += 1;
      stopPushes();
      stopObserving();
    },
  };
}
