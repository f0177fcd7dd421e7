import { createContext, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { SignedIn, User } from '../../catalogue/product.js';
import { useHub } from '../hub/hub.js';
import { signIn, signOut } from '../shop-api.js';

interface Account {
  user: User | null;
  /** @throws ShopError */
  signIn(email: string): Promise<void>;
  signOut(): Promise<void>;
}

const AccountContext = createContext<Account | null>(null);

export function AccountProvider(props: { signedIn: SignedIn | undefined; children: ReactNode }): ReactNode {
  const hub = useHub();
  const [user, setUser] = useState<User | null>(props.signedIn?.user ?? null);
  const account = useMemo<Account>(
    () => ({
      user,
      signIn: async (email) => {
        // What the visitor did until now must be there before the server says who it was.
        await hub?.flush();
        const signedIn = await signIn(email, hub?.anonymousId);
        hub?.identify(signedIn.user.id);
        setUser(signedIn.user);
      },
      signOut: async () => {
        await hub?.flush();
        await signOut();
        hub?.reset();
        setUser(null);
      },
    }),
    [hub, user],
  );
  return <AccountContext value={account}>{props.children}</AccountContext>;
}

export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (!account) throw new Error('useAccount needs an AccountProvider');
  return account;
}
