import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { mayPass } from './api-error.js';

/** A cache of what was asked: refusals are final, other trouble is tried twice more. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        gcTime: 120_000,
        retry: (failures, error) => failures < 2 && mayPass(error),
      },
    },
  });
}

export function QueryProvider({ client, children }: { client: QueryClient; children: ReactNode }): ReactNode {
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
