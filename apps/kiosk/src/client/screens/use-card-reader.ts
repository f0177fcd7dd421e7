import { useEffect } from 'react';

/** Readers type faster than people: this many milliseconds between two keys at most. */
const BETWEEN_MS = 60;
const SHORTEST = 4;

/** Hears a reader that types like a keyboard and ends with Enter, wherever the focus is. */
export function useCardReader(onRead: (value: string) => void): void {
  useEffect(() => {
    let typed = '';
    let last = 0;
    const onKey = (event: KeyboardEvent): void => {
      if (event.timeStamp - last > BETWEEN_MS) typed = '';
      last = event.timeStamp;
      if (event.key.length === 1) typed += event.key;
      else if (event.key === 'Enter' && typed.length >= SHORTEST) {
        event.preventDefault();
        const value = typed;
        typed = '';
        onRead(value);
      }
    };
    addEventListener('keydown', onKey, true);
    return () => removeEventListener('keydown', onKey, true);
  }, [onRead]);
}
