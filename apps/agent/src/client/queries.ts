import { answerOf } from '@repartee/ui';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { callQuery, type Identity, offersQuery, popQuery } from './call-queries.js';
import { useLive } from './live/live.js';
import { useHub } from './session/hub.js';
import { usePresence } from './session/presence.js';

/** Milliseconds after which something is asked for again though nobody said that it changed. */
const SLOW = 30_000;

/** The agent's own calls, and those that ring in their queues. */
export function useMyCalls() {
  const { api, agent } = useHub();
  const { queues } = usePresence();
  return useQuery({
    queryKey: ['calls', agent, queues.join(',')],
    queryFn: () =>
      answerOf(
        api.GET('/v1/calls', {
          params: { query: { agent, live: 'true', ...(queues.length > 0 && { queue: queues.join(',') }) } },
        }),
      ),
    refetchInterval: SLOW,
    placeholderData: keepPreviousData,
  });
}
export type Call = NonNullable<ReturnType<typeof useMyCalls>['data']>['items'][number];

/** A call; as it is in the list, until it is here: whom it is about and what to offer is asked for meanwhile. */
export function useCall(id: string) {
  const { api } = useHub();
  const client = useQueryClient();
  return useQuery({
    ...callQuery(api, id),
    placeholderData: () =>
      client
        .getQueriesData<{ items: Call[] }>({ queryKey: ['calls'] })
        .flatMap(([, listed]) => listed?.items ?? [])
        .find((call) => call.id === id),
  });
}

/** Everything about whom a call or task is about. */
export function usePop(
  kind: 'call' | 'task',
  id: string,
  profileId: string | null | undefined,
  verified?: string,
) {
  const { api } = useHub();
  return useQuery({
    ...popQuery(api, kind, id, profileId, verified),
    enabled: profileId !== undefined,
    placeholderData: keepPreviousData,
  });
}
export type Pop = NonNullable<ReturnType<typeof usePop>['data']>;
export type Person = NonNullable<Pop['person']>;

/** What to offer in a call; never asked for by a desk that is stale. */
export function useOffers(callId: string, identity: Identity, answers: number) {
  const { api } = useHub();
  const { stale } = useLive();
  return useQuery({
    ...offersQuery(api, callId, identity, answers),
    enabled: !stale,
    placeholderData: keepPreviousData,
  });
}
export type Decision = NonNullable<ReturnType<typeof useOffers>['data']>;
export type Offer = Decision['zones'][number]['offers'][number];

/** What a decision explains, as far as the desk reads it. */
export interface Explanation {
  candidates?: { offer: string; shown: boolean; reason: string }[];
  questions?: { trait: string; gain: number; offers: string[] }[];
}

/** Open work: all of it, or what is due. Nobody says when something becomes due, so it is asked for again. */
export function useTasks(which: 'all' | 'due') {
  const { api } = useHub();
  const query = { limit: 100, ...(which === 'due' && { due: 'true' as const }) };
  return useQuery({
    queryKey: ['tasks', which],
    queryFn: () => answerOf(api.GET('/v1/tasks', { params: { query } })),
    refetchInterval: SLOW,
    placeholderData: keepPreviousData,
  });
}
export type Task = NonNullable<ReturnType<typeof useTasks>['data']>['items'][number];

export function useSettings() {
  const { api } = useHub();
  return useQuery({
    queryKey: ['settings'],
    queryFn: () => answerOf(api.GET('/v1/call-center/settings')),
    staleTime: 300_000,
  });
}

export function useCatalogue(wanted: boolean) {
  const { api } = useHub();
  return useQuery({
    queryKey: ['catalogue'],
    queryFn: () =>
      answerOf(api.GET('/v1/offers' as never, { params: { query: { limit: 200 } } } as never)) as Promise<{
        items: CatalogueOffer[];
      }>,
    enabled: wanted,
    staleTime: 60_000,
  });
}
export interface CatalogueOffer {
  key: string;
  name: string;
  negotiation?: { levers: { key: string; name?: string; from: number; to: number; step: number }[] };
}
