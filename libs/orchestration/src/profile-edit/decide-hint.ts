import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Ingest } from '@repartee/ingestion';
import { admitEvent } from '@repartee/ingestion/domain';
import { Clock, newId } from '@repartee/platform';
import { type EntityHint, EntityHints, Profiles } from '@repartee/profile';
import { API_SOURCE, type GoldenRecord, ORDER } from '@repartee/profile/domain';

/** Seconds that a caller waits for a link to show. */
const WAIT = 10;

/** Lets somebody decide on what was found in a text. */
@Injectable()
export class DecideHint {
  constructor(
    @Inject(EntityHints) private readonly hints: EntityHints,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * An e-mail address or phone number that is linked becomes an identifier of the person, by the same rules as if a
   * server had sent it: who has it already is joined, or goes to review. An order number is marked as linked and no more.
   */
  async decide(id: string, verdict: 'link' | 'dismiss', caller: Principal): Promise<Result<EntityHint>> {
    const hint = await this.hints.get(id);
    if (!hint) return fail(failure('PROFILE.HINT_NOT_FOUND', 'There is no hint of this id.'));
    const state = verdict === 'link' ? 'linked' : 'dismissed';
    if (hint.state === state) return ok(hint);
    if (hint.state !== 'open') return decided();
    if (verdict === 'link' && hint.namespace !== ORDER) {
      const linked = await this.link(hint, caller);
      if (!linked.ok) return linked;
    }
    if (!(await this.hints.settle(id, state, caller.keyId))) return decided();
    const settled = await this.hints.get(id);
    return settled ? ok(settled) : decided();
  }

  private async link(hint: EntityHint, caller: Principal): Promise<Result<void>> {
    const found = await this.profiles.findById(hint.profileId);
    const held = found && anchorOf(found.record);
    if (!held)
      return fail(failure('PROFILE.NO_IDENTIFIER', 'The person of this text is known by nothing yet.'));
    const admission = admitEvent(
      {
        type: 'identify',
        messageId: `hint:${hint.id}`,
        ...held,
        traits: { [hint.namespace]: hint.value, ...held.traits },
        context: { ...held.context, hint: hint.id, by: caller.keyId },
      },
      { source: API_SOURCE, verified: true, receivedAt: this.clock.now() },
      newId(),
    );
    if (!('admitted' in admission)) throw new Error(`a hint that is no event: ${hint.id}`);
    const ingested = await this.ingest.internal([admission.admitted]);
    if (!ingested.ok) return ingested;
    await this.ingest.visible(ingested.value, WAIT);
    return ok(undefined);
  }
}

interface Anchor {
  userId?: string;
  anonymousId?: string;
  traits?: Record<string, string>;
  context?: Record<string, unknown>;
}

/** By what an event can say that it is about this person. */
function anchorOf(record: GoldenRecord): Anchor | undefined {
  const held = record.identifiers.filter(
    (identifier) => identifier.verified && identifier.until === undefined,
  );
  const of = (namespace: string) => held.find((identifier) => identifier.namespace === namespace)?.value;
  const userId = of('user_id');
  if (userId !== undefined) return { userId };
  const anonymousId = of('anonymous_id');
  if (anonymousId !== undefined) return { anonymousId };
  return undefined;
}

function decided(): Result<never> {
  return fail(failure('PROFILE.HINT_DECIDED', 'Somebody has decided on this hint already.'));
}
