import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, newId, type Config } from '@repartee/platform';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { Role } from '../../domain/index.js';
import { AccountStore } from '../../persistence/people/account-store.js';
import {
  readDemoAccounts,
  writeDemoAccounts,
  type DemoAccount,
} from '../../persistence/people/first-accounts-file.js';
import { AccountAdministration } from './account-administration.js';
import { PasswordHasher } from './password-hasher.js';

/** What a start has to tell about accounts; passwords and links only when it has just made them. */
export interface FirstAccounts {
  made: DemoAccount[];
  invitation?: { email: string; url: string };
}

const DEMO: readonly { email: string; name: string; roles: Role[] }[] = [
  { email: 'admin@example.test', name: 'Ada Novak', roles: ['admin'] },
  { email: 'supervisor@example.test', name: 'Sara Moreno', roles: ['supervisor'] },
  { email: 'agent@example.test', name: 'Agnes Lind', roles: ['agent'] },
  { email: 'second-agent@example.test', name: 'Tom Okafor', roles: ['agent'] },
  { email: 'marketer@example.test', name: 'Mei Tanaka', roles: ['marketer'] },
];
const FIRST_ADMIN = 'admin@example.test';
const SYSTEM = 'system';

/** Without letters and figures that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 5;
const GROUP = 4;

/** Makes sure that somebody can sign in: an installation that has accounts is left alone. */
@Injectable()
export class FirstAccountMaker {
  private readonly path: string;

  constructor(
    private readonly store: AccountStore,
    private readonly administration: AccountAdministration,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.path = join(config.dataDir, 'accounts.json');
  }

  ensureFirstAccounts(): Promise<FirstAccounts> {
    return this.config.seed === 'demo' ? this.demo() : this.inviteAdmin();
  }

  /** The passwords are in `<DATA_DIR>/accounts.json` before the accounts are in the database: no crash loses them. */
  private demo(): Promise<FirstAccounts> {
    return this.store.change(async (tx) => {
      if ((await this.store.count(tx)) > 0) return { made: [] };
      const made =
        (await readDemoAccounts(this.path)) ?? DEMO.map((one) => ({ ...one, password: newPassword() }));
      await writeDemoAccounts(this.path, made);
      for (const account of made) await this.store.insert(tx, await this.rowOf(account));
      return { made };
    });
  }

  /** As long as nobody has taken it up, each start makes a new link. */
  private async inviteAdmin(): Promise<FirstAccounts> {
    const known = await this.store.byEmail(FIRST_ADMIN);
    if (known?.passwordHash === null && (await this.store.count()) === 1) {
      const link = await this.administration.resetLink(known.id, SYSTEM);
      return link.ok ? { made: [], invitation: { email: FIRST_ADMIN, url: link.value.url } } : { made: [] };
    }
    if ((await this.store.count()) > 0) return { made: [] };
    const invited = await this.administration.invite(
      { email: FIRST_ADMIN, name: 'Administrator', roles: ['admin'] },
      SYSTEM,
    );
    return invited.ok
      ? { made: [], invitation: { email: FIRST_ADMIN, url: invited.value.link.url } }
      : { made: [] };
  }

  private async rowOf({ email, name, roles, password }: DemoAccount) {
    const hash = await this.hasher.hash(password);
    if (!hash.ok) throw new Error(hash.failure.detail);
    const now = new Date(this.clock.now());
    return {
      ...{ id: newId(), email, name, roles, passwordHash: hash.value, createdAt: now },
      ...{ passwordChangedAt: now, lastSignInAt: null, disabledAt: null },
    };
  }
}

/** About 99 bits, in groups that can be read aloud. */
function newPassword(): string {
  const group = () => Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
