import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import { type DecisionRequest, fail, failure, ok, type Result } from '@repartee/contracts';
import { Catalogue } from '@repartee/decisioning';
import { CallStore, DeviceZones, QueueStatistics } from '@repartee/engagement';
import { Clock } from '@repartee/platform';
import { type FoundPerson, PersonFinder } from './person-finder.js';

/** A request, with what is going on beside it, and the person of the call it is made in. */
export interface RequestAtHand {
  request: DecisionRequest;
  /** Undefined where the request itself says who it is about. */
  person?: FoundPerson;
}

/** Brings into a decision what calls and queues say: who is verified, and how many agents are free. */
@Injectable()
export class CallAtHand {
  constructor(
    @Inject(CallStore) private readonly calls: CallStore,
    @Inject(QueueStatistics) private readonly queues: QueueStatistics,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(PersonFinder) private readonly people: PersonFinder,
    @Inject(DeviceZones) private readonly devices: DeviceZones,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Whether there is anything to bring: nothing, for most requests. */
  concerns(caller: Principal, { callId, context }: DecisionRequest): boolean {
    return (
      callId !== undefined ||
      caller.device !== undefined ||
      (caller.kind === 'session' && 'verified' in context) ||
      this.catalogue.inForce(this.clock.now()).asksCapacity
    );
  }

  /** Fails with CALL.NOT_FOUND, and as {@link DeviceZones} says. A session can neither verify itself nor ask about a call. */
  async look(caller: Principal, request: DecisionRequest): Promise<Result<RequestAtHand>> {
    const context = this.withCapacity(request.context);
    if (caller.kind === 'session') {
      const own = await this.devices.check(caller.device, request);
      if (!own.ok) return own;
      delete context['verified'];
      return ok({ request: { ...request, context } });
    }
    if (request.callId === undefined) return ok({ request: { ...request, context } });
    const call = await this.calls.find(request.callId);
    if (!call) return fail(failure('CALL.NOT_FOUND', 'No call has this id.'));
    const { id, verified, method, profileId, state, dialogueId } = call;
    const queue = state.queue?.value ?? null;
    Object.assign(context, { verified, call: { id, method, queue } });
    const known = profileId === null ? undefined : await this.people.findById(profileId);
    const person = known ?? this.people.person(undefined, null);
    return ok({ request: { dialogueId, ...request, context }, person });
  }

  /** How many agents are free, where a rule asks for it. */
  withCapacity(context: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const { asksCapacity } = this.catalogue.inForce(this.clock.now());
    return { ...context, ...(asksCapacity && { capacity: this.queues.capacity }) };
  }
}
