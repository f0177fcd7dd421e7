/** Milliseconds a router has to put its page up, so that title and zones are those of the new one. */
const SETTLE_MS = 50;

/** Calls back after each change of the path by the history API or by going back. Returns how to stop. */
export function watchRoutes(moved: () => void): () => void {
  const { history, location } = globalThis;
  if (!history) return () => undefined;
  let path = location.pathname + location.search;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watching = true;
  const look = (): void => {
    const now = location.pathname + location.search;
    if (!watching || now === path) return;
    path = now;
    clearTimeout(timer);
    timer = setTimeout(moved, SETTLE_MS);
  };
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = function (this: History, ...state) {
      original.apply(this, state);
      look();
    };
  }
  addEventListener('popstate', look);
  return () => {
    // The functions stay wrapped: others may have wrapped them again.
    watching = false;
    clearTimeout(timer);
    removeEventListener('popstate', look);
  };
}
