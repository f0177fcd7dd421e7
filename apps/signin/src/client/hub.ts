import { answerOf, ApiError, createApi, type CsrfToken } from '@repartee/ui';

const csrf: CsrfToken = { current: undefined };

/** The hub, by the cookie of the session. */
export const hub = createApi({ csrf });

export type Me = Awaited<ReturnType<typeof whoAmI>>;

/** Where the visitor wanted to go; the hub says whether it is one of our own paths. */
export function wantedPath(): string | undefined {
  return new URLSearchParams(location.search).get('returnTo') ?? undefined;
}

/** Who is signed in; null for nobody. */
export async function whoAmI() {
  const returnTo = wantedPath();
  try {
    const me = await answerOf(
      hub.GET('/v1/sessions/me', { params: { query: returnTo === undefined ? {} : { returnTo } } }),
    );
    csrf.current = me.csrfToken;
    return me;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** Goes where the hub says. */
export async function signIn(email: string, password: string): Promise<void> {
  const returnTo = wantedPath();
  const body = { email, password, ...(returnTo !== undefined && { returnTo }) };
  const { next } = await answerOf(hub.POST('/v1/sessions', { body }));
  location.assign(next);
}

export async function signOut(): Promise<void> {
  const { next } = await answerOf(hub.DELETE('/v1/sessions/me'));
  location.assign(next ?? '/signin');
}
