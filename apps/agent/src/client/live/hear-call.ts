import type { ApiClient } from '@repartee/ui';
import type { QueryClient } from '@tanstack/react-query';
import { callQuery, type Identity, offersQuery, popQuery } from '../call-queries.js';

/** What the stream tells of a call. */
export interface CallChange extends Identity {
  callId: string;
  status: string;
  queue: string | null;
  agent: string | null;
}

interface Parts {
  client: QueryClient;
  api: ApiClient;
  /** Who sits here. */
  agent: string;
}

/**
 * Asks anew for what may have changed, and for nothing where the call is none of this desk's business. Of a call for
 * this agent everything that its screen pop shows is asked for at once, before the call is so much as listed.
 */
export function hearCall({ client, api, agent }: Parts, change: CallChange): void {
  const { callId, status } = change;
  void client.invalidateQueries({ queryKey: ['call', callId] });
  const lists = client.getQueryCache().findAll({ queryKey: ['calls'] });
  const concerned = lists.some(({ queryKey, state }) => {
    const queues = String(queryKey[2]).split(',');
    const listed = (state.data as { items: { id: string }[] } | undefined)?.items ?? [];
    return (
      change.agent === agent ||
      (change.queue !== null && queues.includes(change.queue)) ||
      listed.some(({ id }) => id === callId) ||
      // What is on its way may list it as it was.
      state.fetchStatus === 'fetching'
    );
  });
  if (!concerned) return;
  void client.invalidateQueries({ queryKey: ['calls'] });
  if (change.agent !== agent || status === 'ended' || !lists.some((list) => list.isActive())) return;
  void client.prefetchQuery(offersQuery(api, callId, change, 0));
  void client.prefetchQuery(popQuery(api, 'call', callId, change.profileId, change.verified));
  void client.prefetchQuery(callQuery(api, callId));
}
