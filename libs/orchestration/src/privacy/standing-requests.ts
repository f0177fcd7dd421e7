import { Inject, Injectable } from '@nestjs/common';
import { ok, type Result } from '@repartee/contracts';
import { AuditLog, PersonStandings, PrivacyRequests, SubjectHasher } from '@repartee/governance';
import { changedStanding, type Objection } from '@repartee/governance/domain';
import { HeldEvents } from '@repartee/ingestion';
import { Database } from '@repartee/platform';
import { Profiles } from '@repartee/profile';

/** What a person asks of the use of their data, short of erasing it. */
export type StandingChange = { kind: 'restrict' } | { kind: 'object'; scope: Objection };

/** Takes restrictions and objections. They hold from the answer on. */
@Injectable()
export class StandingRequests {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
    @Inject(PrivacyRequests) private readonly requests: PrivacyRequests,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(SubjectHasher) private readonly hasher: SubjectHasher,
    @Inject(HeldEvents) private readonly held: HeldEvents,
  ) {}

  /**
   * @param lifted the person takes an earlier request back
   * @returns the id of the request
   */
  async request(
    reference: string,
    change: StandingChange,
    lifted: boolean,
    actor: string,
  ): Promise<Result<string>> {
    const found = await this.profiles.find(reference);
    if (!found.ok) return found;
    const { id, family } = found.value.record;
    await this.audit.prepare();
    const requestId = await this.database.transaction(async (tx) => {
      // Two requests of one person queue here, so that neither undoes the other.
      await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`standing ${id}`]);
      const before = await this.standings.read(family, tx);
      await this.standings.write(tx, family, id, changedStanding(before, change, lifted));
      if (change.kind === 'restrict' && lifted) await this.held.release(tx, family);
      await this.audit.record(tx, [
        { actor, action: change.kind, subject: id, detail: { ...change, lifted } },
      ]);
      return this.requests.add(tx, {
        ...change,
        lifted,
        subject: this.hasher.profile(id),
        profileId: id,
        requestedBy: actor,
      });
    });
    await this.standings.refresh();
    return ok(requestId);
  }
}
