import { type ApiClient, apiErrorOf, idempotencyKey, mayPass, useToast } from '@repartee/ui';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useHub } from '../session/hub.js';
import { useText } from '../words/words.js';
import { useLive } from './live.js';
import { type Delivered, type Errand, Outbox } from './outbox.js';

interface Sending {
  waiting: readonly Errand[];
  /** Tells the hub, now or when it can be reached again. */
  send(path: string, body: unknown, about: string): void;
}

const OutboxContext = createContext<Sending>({ waiting: [], send: () => undefined });

export function useOutbox(): Sending {
  return useContext(OutboxContext);
}

/** Outcomes and notes are never lost with the line: they wait in the browser, and count once. */
export function OutboxProvider({ account, children }: { account: string; children: ReactNode }): ReactNode {
  const { api } = useHub();
  const { state } = useLive();
  const client = useQueryClient();
  const toast = useToast();
  const text = useText();
  const [waiting, setWaiting] = useState<readonly Errand[]>([]);
  const [outbox] = useState(
    () =>
      new Outbox({
        storage: localStorage,
        key: `repartee-desk-outbox-${account}`,
        deliver: async (errand) => {
          const answer = await deliver(api, errand);
          if ('done' in answer)
            void client.invalidateQueries({
              predicate: ({ queryKey }) => queryKey[0] !== 'me' && queryKey[0] !== 'offers',
            });
          return answer;
        },
        onRefused: (_errand, { detail }) => toast(text('refused', { detail }), 'bad'),
        onChange: setWaiting,
      }),
  );
  useEffect(() => {
    const flush = (): void => void outbox.flush();
    if (state === 'live') flush();
    const timer = setInterval(flush, 5_000);
    addEventListener('online', flush);
    return () => {
      clearInterval(timer);
      removeEventListener('online', flush);
    };
  }, [outbox, state]);
  const send = useCallback(
    (path: string, body: unknown, about: string) => outbox.add({ id: idempotencyKey(), path, body, about }),
    [outbox],
  );
  const sending = useMemo(() => ({ waiting, send }), [waiting, send]);
  return <OutboxContext value={sending}>{children}</OutboxContext>;
}

async function deliver(api: ApiClient, { id, path, body }: Errand): Promise<Delivered> {
  try {
    const call = api.POST as unknown as (
      path: string,
      init: object,
    ) => Promise<{ error?: unknown; response: Response }>;
    const { error, response } = await call(path, { body, headers: { 'Idempotency-Key': id } });
    if (response.ok) return { done: true };
    const refusal = apiErrorOf(response.status, error);
    // Signed out, or the first try is still on its way: it is told after that.
    if (mayPass(refusal) || refusal.status === 401 || refusal.code === 'HTTP.IDEMPOTENCY_IN_PROGRESS')
      return { later: true };
    return { refused: { code: refusal.code, detail: refusal.message } };
  } catch {
    return { later: true };
  }
}
