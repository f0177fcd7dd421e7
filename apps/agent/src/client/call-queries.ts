import { answerOf, type ApiClient } from '@repartee/ui';
import { queryOptions } from '@tanstack/react-query';

export const ZONE = 'agent.main';

/** Of whom a call is, and how surely: with it changes what is shown and what may be offered. */
export interface Identity {
  profileId: string | null;
  verified: string;
}

export const callQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: ['call', id],
    queryFn: () => answerOf(api.GET('/v1/calls/{id}', { params: { path: { id } } })),
  });

export const popQuery = (
  api: ApiClient,
  kind: 'call' | 'task',
  id: string,
  profileId: string | null | undefined,
  verified?: string,
) =>
  queryOptions({
    queryKey: ['person', profileId ?? null, kind, id, verified ?? null],
    queryFn: () =>
      kind === 'call'
        ? answerOf(api.GET('/v1/desk/calls/{id}', { params: { path: { id } } }))
        : answerOf(api.GET('/v1/desk/tasks/{id}', { params: { path: { id } } })),
  });

/** @param answers how often a question was answered: each ranks anew */
export const offersQuery = (
  api: ApiClient,
  callId: string,
  { profileId, verified }: Identity,
  answers: number,
) =>
  queryOptions({
    queryKey: ['offers', callId, profileId, verified, answers],
    queryFn: () =>
      answerOf(
        api.POST('/v1/decisions', {
          body: {
            identifiers: {},
            callId,
            channel: 'call_center',
            zones: [{ zone: ZONE, count: 3 }],
            context: {},
            explain: true,
          },
        }),
      ),
    staleTime: Infinity,
  });
