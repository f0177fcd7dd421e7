import { Injectable } from '@nestjs/common';
import { ok, type Result } from '@repartee/contracts';
import { AuditLog } from '@repartee/governance';
import { PersonSessionStore } from '../../persistence/people/session-store.js';
import type { PersonCaller } from '../people/person-sessions.js';
import { OidcProvider } from './oidc-provider.js';

/** Signing out here and at the provider, whichever comes first. */
@Injectable()
export class OidcSignOut {
  constructor(
    private readonly provider: OidcProvider,
    private readonly sessions: PersonSessionStore,
    private readonly audit: AuditLog,
  ) {}

  /** Where a person who has signed out here signs out of their provider; null where there is nothing to do. */
  async nextFor({ provider: key, idToken }: PersonCaller): Promise<string | null> {
    const settings = key === null ? undefined : this.provider.settingsOf(key);
    return settings?.ok ? this.provider.logoutUrl(settings.value, idToken) : null;
  }

  /** What the provider says is over ends here. */
  async byProvider(key: string, logoutToken: string): Promise<Result<void>> {
    const settings = this.provider.settingsOf(key);
    if (!settings.ok) return settings;
    const over = await this.provider.readLogout(settings.value, logoutToken);
    if (!over.ok) return over;
    for (const id of new Set(await this.sessions.endAtProvider(key, over.value)))
      this.audit.note({
        actor: 'system',
        action: 'sign-out',
        subject: `account/${id}`,
        detail: { with: key },
      });
    return ok(undefined);
  }
}
