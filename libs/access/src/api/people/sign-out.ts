import { Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { AuditLog } from '@repartee/governance';
import { PersonSessionStore } from '../../persistence/people/session-store.js';
import { sessionView, type SessionView } from './people-views.js';
import { PersonSessions, type PersonCaller } from './person-sessions.js';

/** A person's own sessions, and the end of them. It holds at the very next request, in every process. */
@Injectable()
export class SignOut {
  constructor(
    private readonly store: PersonSessionStore,
    private readonly sessions: PersonSessions,
    private readonly audit: AuditLog,
  ) {}

  async sessionsOf({ principal: { person } }: PersonCaller): Promise<SessionView[]> {
    const found = await this.store.of(person.accountId);
    return found
      .map((session) => sessionView(session, person.sessionId))
      .filter(({ expiresAt }) => !this.sessions.isPast(expiresAt));
  }

  async one({ principal: { keyId, person } }: PersonCaller, id: string): Promise<Result<void>> {
    if (!(await this.store.end(person.accountId, id)))
      return fail(failure('ACCESS.SESSION_NOT_FOUND', 'You have no session with this id'));
    this.note(keyId, person.accountId, { sessions: 1 });
    return ok(undefined);
  }

  async everywhere({ principal: { keyId, person } }: PersonCaller): Promise<void> {
    this.note(keyId, person.accountId, { sessions: await this.store.endAll(person.accountId) });
  }

  private note(actor: string, accountId: string, detail: Record<string, unknown>): void {
    this.audit.note({ actor, action: 'sign-out', subject: `account/${accountId}`, detail });
  }
}
