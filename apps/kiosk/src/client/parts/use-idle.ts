import { useEffect } from 'react';

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

/** Calls when nobody has touched anything for so many milliseconds. */
export function useIdle(after: number, onIdle: () => void): void {
  useEffect(() => {
    let timer = setTimeout(onIdle, after);
    const again = (): void => {
      clearTimeout(timer);
      timer = setTimeout(onIdle, after);
    };
    for (const sign of SIGNS) addEventListener(sign, again, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS) removeEventListener(sign, again);
    };
  }, [after, onIdle]);
}

/** Calls at most once in so many milliseconds while somebody touches something. */
export function useSignsOfLife(every: number, onSign: () => void): void {
  useEffect(() => {
    let last = performance.now();
    const seen = ({ timeStamp }: Event): void => {
      if (timeStamp - last < every) return;
      last = timeStamp;
      onSign();
    };
    for (const sign of SIGNS) addEventListener(sign, seen, { passive: true });
    return () => {
      for (const sign of SIGNS) removeEventListener(sign, seen);
    };
  }, [every, onSign]);
}
