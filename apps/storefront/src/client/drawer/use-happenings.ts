import { useEffect, useState } from 'react';
import { useHub } from '../hub/hub.js';
import { useAccount } from '../shop/account.js';

export interface Entry {
  id: string;
  at: string;
  kind: string;
  data: Record<string, unknown>;
}

export interface Happening {
  profile: {
    id: string;
    version: number;
    identifiers: { namespace: string; value: string; verified: boolean }[];
    traits: Record<string, unknown>;
    consents: Record<string, { status: string }>;
    computed: Record<string, unknown>;
  };
  entries: Entry[];
}

/** What the hub knows of this visitor, live; null where it may not be shown, undefined until something is known. */
export function useHappenings(open: boolean): Happening | null | undefined {
  const hub = useHub();
  const { user } = useAccount();
  const [happening, setHappening] = useState<Happening | null>();
  const anonymousId = open && hub?.consent.given ? hub.anonymousId : undefined;
  useEffect(() => {
    if (!anonymousId) return undefined;
    const stream = new EventSource(`/shop/api/happenings?anonymousId=${encodeURIComponent(anonymousId)}`);
    stream.addEventListener('happening', ({ data }: MessageEvent<string>) =>
      setHappening(JSON.parse(data) as Happening | null),
    );
    return () => stream.close();
    // Who is signed in decides what may be shown.
  }, [anonymousId, user?.id]);
  return happening;
}
