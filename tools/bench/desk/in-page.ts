/** What the scripts below note, for the bench to read: under a strict policy a page evaluates functions, and no strings. */
export interface Noted {
  /** By the number that calls, milliseconds since the epoch. */
  pops: Record<string, number>;
  /** Milliseconds since the page was asked for. */
  usableAt?: number;
  busyUntil: number;
}

/**
 * Notes in `pops` when the offers of a call were painted, by the number that calls: once the head of the call and its
 * offers are both there, at the end of the frame that shows them.
 */
export const WATCH_POPS = `
  window.pops = {};
  const look = () => {
    const number = document.querySelector('.call-head h1')?.textContent;
    if (!number || number in pops || !document.querySelector('.offers[data-ready=true] .offer')) return;
    pops[number] = null;
    requestAnimationFrame(() => setTimeout(() => { pops[number] = Date.now(); }));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
`;

/** Notes in `usableAt` when calls and tasks are listed and the line is live, and in `busyUntil` when the last long task ended. */
export const WATCH_LOAD = `
  window.busyUntil = 0;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) busyUntil = Math.max(busyUntil, startTime + duration);
  }).observe({ type: 'longtask', buffered: true });
  const listed = '.work :is(ul, .ui-state:not([role]))';
  const look = () => {
    if (window.usableAt || !document.querySelector(listed) || !document.querySelector('.line-state [data-tone=good]')) return;
    window.usableAt = performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
`;

/** Whatever the page waits for comes so many times as early; what time it is stays as it is. */
export const hurry = (times: number): string => `
  for (const name of ['setTimeout', 'setInterval']) {
    const own = window[name].bind(window);
    window[name] = (what, after = 0, ...more) => own(what, after / ${times}, ...more);
  }
`;
