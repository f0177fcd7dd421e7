import { useCallback, useState } from 'react';

/** State that outlives the page, where the browser allows it. */
export function useStoredState<T>(
  key: string,
  initial: T,
  valid: (value: unknown) => value is T,
): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
      return valid(stored) ? stored : initial;
    } catch {
      return initial;
    }
  });
  const store = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // No room or no permission: it then lasts as long as the page.
      }
    },
    [key],
  );
  return [value, store];
}
