import { answerOf, type ApiClient, ApiError, createApi, type CsrfToken } from '@repartee/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

const whoAmI = (api: ApiClient) => answerOf(api.GET('/v1/sessions/me'));
export type Me = Awaited<ReturnType<typeof whoAmI>>;

interface Hub {
  api: ApiClient;
  me: Me | undefined;
  loading: boolean;
  /** How agents are named in calls and tasks. */
  agent: string;
  /** May see the board and take work out of others' hands. */
  leads: boolean;
  /** Looks again who is signed in. */
  look(): void;
  signOut(): Promise<void>;
}

const HubContext = createContext<Hub | undefined>(undefined);

export function useHub(): Hub {
  const hub = useContext(HubContext);
  if (!hub) throw new Error('the desk stands in a HubProvider');
  return hub;
}

/** The hub, and who speaks to it. */
export function HubProvider({ children }: { children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const [csrf] = useState<CsrfToken>({ current: undefined });
  const [api] = useState(() =>
    createApi({ csrf, onSignedOut: () => void client.setQueryData(['me'], null) }),
  );
  const { data, isPending } = useQuery({
    queryKey: ['me'],
    queryFn: async (): Promise<Me | null> => {
      try {
        const found = await whoAmI(api);
        csrf.current = found.csrfToken;
        return found;
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: Infinity,
  });
  const look = useCallback(() => void client.invalidateQueries({ queryKey: ['me'] }), [client]);
  const signOut = useCallback(async () => {
    await api.DELETE('/v1/sessions/me');
    csrf.current = undefined;
    client.clear();
    client.setQueryData(['me'], null);
  }, [api, client, csrf]);
  const hub = useMemo<Hub>(
    () => ({
      api,
      me: data ?? undefined,
      loading: isPending,
      agent: data?.account.email ?? '',
      leads: data !== undefined && data !== null && holds(data.scopes, 'board:read'),
      look,
      signOut,
    }),
    [api, data, isPending, look, signOut],
  );
  return <HubContext value={hub}>{children}</HubContext>;
}

function holds(scopes: readonly string[], scope: string): boolean {
  return scopes.includes('*') || scopes.includes(scope);
}
