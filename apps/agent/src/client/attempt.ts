import { useToast } from '@repartee/ui';
import { useCallback } from 'react';

/** Tries something, and says so where it does not work. Resolves to whether it did. */
export function useAttempt(): (
  act: () => Promise<unknown>,
  words?: (error: unknown) => string,
) => Promise<boolean> {
  const toast = useToast();
  return useCallback(
    async (act, words = wordsOf) => {
      try {
        await act();
        return true;
      } catch (error) {
        toast(words(error), 'bad');
        return false;
      }
    },
    [toast],
  );
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
