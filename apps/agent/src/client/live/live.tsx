import { type LiveEvent, openLiveLine, type StreamState, useToast } from '@repartee/ui';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useHub } from '../session/hub.js';
import { type CallChange, hearCall } from './hear-call.js';

interface Live {
  state: StreamState;
  /** What is shown may no longer be so: nothing new is offered. */
  stale: boolean;
  /** Milliseconds by which the hub's clock is ahead of this browser's. */
  offset: number;
}

/** Milliseconds without a line until the desk calls itself stale; a short break heals unseen. */
const GRACE = 2_500;
const URL_OF_STREAM = '/v1/stream?topics=calls,tasks,people,notices';
const LiveContext = createContext<Live>({ state: 'connecting', stale: false, offset: 0 });

export function useLive(): Live {
  return useContext(LiveContext);
}

/** What happens now: every word of it makes the desk ask for what changed. */
export function LiveProvider({ children }: { children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const toast = useToast();
  const { api, agent, me } = useHub();
  const [state, setState] = useState<StreamState>('connecting');
  const [stale, setStale] = useState(false);
  const [offset, setOffset] = useState(0);
  useEffect(() => {
    const refresh = (...key: unknown[]): void => void client.invalidateQueries({ queryKey: key });
    const hear = ({ type, data }: LiveEvent): void => {
      if (type === 'hello') setOffset(Date.parse(String(data['at'])) - Date.now());
      if (type === 'calls') hearCall({ client, api, agent }, data as unknown as CallChange);
      if (type === 'tasks') refresh('tasks');
      if (type === 'people') refresh('person', data['profileId']);
      if (type === 'notices') toast(String(data['words']), 'warn');
      if (type === 'gap')
        void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
    };
    const line = openLiveLine({
      url: URL_OF_STREAM,
      worker: () =>
        new SharedWorker(new URL('../stream-worker.ts', import.meta.url), {
          type: 'module',
          name: `repartee-desk-${me?.sessionId ?? ''}`,
        }),
      onEvent: hear,
      onState: setState,
      onGap: () => hear({ type: 'gap', data: {} }),
    });
    return () => line.close();
  }, [client, api, agent, toast, me?.sessionId]);
  useEffect(() => {
    if (state === 'live') {
      setStale(false);
      return;
    }
    const timer = setTimeout(() => setStale(true), GRACE);
    return () => clearTimeout(timer);
  }, [state]);
  const live = useMemo(() => ({ state, stale, offset }), [state, stale, offset]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
