import { answerOf } from '@repartee/ui';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useHub } from './hub.js';

export type AgentState = 'available' | 'busy' | 'away';
export const BREAKS = ['break', 'lunch', 'training', 'meeting'] as const;

interface Said {
  state: AgentState;
  reason?: string | undefined;
}
interface Presence extends Said {
  /** Milliseconds since the epoch. */
  since: number;
  queues: readonly string[];
  setQueues(queues: readonly string[]): void;
  say(said: Said): void;
}

const HEARTBEAT_S = 60;
const KEY = 'repartee-desk-queues';
const PresenceContext = createContext<Presence | undefined>(undefined);

export function usePresence(): Presence {
  const presence = useContext(PresenceContext);
  if (!presence) throw new Error('the desk stands in a PresenceProvider');
  return presence;
}

/** What the agent does, said to the hub again and again: a desk that is gone makes nobody wait. */
export function PresenceProvider({ children }: { children: ReactNode }): ReactNode {
  const { api } = useHub();
  const [said, setSaid] = useState<Said & { since: number }>({ state: 'available', since: Date.now() });
  const [queues, keepQueues] = useState<readonly string[]>(
    () => JSON.parse(localStorage.getItem(KEY) ?? '[]') as string[],
  );
  useEffect(() => {
    const tell = async (): Promise<void> => {
      const { state, reason } = said;
      const body = { state, queues: [...queues], heartbeatSeconds: HEARTBEAT_S, ...(reason && { reason }) };
      // The next beat tries again; a line that is down is shown elsewhere.
      await answerOf(api.PUT('/v1/agents/me/presence', { body })).catch(() => undefined);
    };
    void tell();
    const timer = setInterval(() => void tell(), (HEARTBEAT_S * 1000) / 2);
    return () => clearInterval(timer);
  }, [api, said, queues]);
  const say = useCallback(
    ({ state, reason }: Said) =>
      setSaid((held) =>
        held.state === state && held.reason === reason ? held : { state, reason, since: Date.now() },
      ),
    [],
  );
  const setQueues = useCallback((next: readonly string[]) => {
    localStorage.setItem(KEY, JSON.stringify(next));
    keepQueues(next);
  }, []);
  const presence = useMemo(() => ({ ...said, queues, setQueues, say }), [said, queues, setQueues, say]);
  return <PresenceContext value={presence}>{children}</PresenceContext>;
}
