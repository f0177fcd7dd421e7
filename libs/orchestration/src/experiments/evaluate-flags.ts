import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import type { Identifiers } from '@repartee/contracts';
import { Catalogue } from '@repartee/decisioning';
import { controlOf } from '@repartee/decisioning/domain';
import { Experiments, Exposures } from '@repartee/experiments';
import {
  type Assignment,
  flagValue,
  type Participant,
  strangerOf,
  type Trials,
  trialsFor,
  type FlagValue,
} from '@repartee/experiments/domain';
import { Clock } from '@repartee/platform';
import { PersonFinder } from '../decide/person-finder.js';

/** Error codes of OpenFeature as the OpenFeature Remote Evaluation Protocol answers them. */
export type FlagErrorCode =
  'PARSE_ERROR' | 'TARGETING_KEY_MISSING' | 'INVALID_CONTEXT' | 'FLAG_NOT_FOUND' | 'GENERAL';

export interface FlagError {
  key?: string;
  errorCode: FlagErrorCode;
  errorDetails: string;
}

export interface FlagAnswer extends FlagValue {
  key: string;
  metadata: Record<string, string | number>;
}

/** What a client says of whom it asks for. */
export interface EvaluationContext {
  targetingKey?: string;
  /** All of it: rules read it as `context`. */
  attributes: Record<string, unknown>;
}

type Found<T> = { ok: true; value: T } | { ok: false; error: FlagError };
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const QUALIFIED = /^([a-z][a-z0-9_]*):(.+)$/s;

/** Says what flags are for somebody. */
@Injectable()
export class EvaluateFlags {
  constructor(
    @Inject(PersonFinder) private readonly people: PersonFinder,
    @Inject(Experiments) private readonly experiments: Experiments,
    @Inject(Exposures) private readonly exposures: Exposures,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** One flag; who asks for it alone is about to use it, so the person counts as exposed. */
  async one(caller: Principal, key: string, context: EvaluationContext): Promise<Found<FlagAnswer>> {
    const { book } = this.experiments;
    if (book.on('flag', key).length === 0) {
      return refuse({ key, errorCode: 'FLAG_NOT_FOUND', errorDetails: `There is no flag ${key}.` });
    }
    const asked = await this.ask(caller, context);
    if (!asked.ok) return refuse({ key, ...asked.error });
    const { trials, exposed } = asked.value;
    const answer = evaluate(trials, key, context);
    if (answer.ok) this.exposures.note(book, trials.exposures, exposed, this.clock.now());
    return answer;
  }

  /** All flags, as a client fetches them ahead: nobody counts as exposed yet. */
  async all(caller: Principal, context: EvaluationContext): Promise<Found<(FlagAnswer | FlagError)[]>> {
    const asked = await this.ask(caller, context);
    if (!asked.ok) return asked;
    const { trials } = asked.value;
    const answers = this.experiments.book.flags.map((key) => evaluate(trials, key, context));
    return { ok: true, value: answers.map((answer) => (answer.ok ? answer.value : answer.error)) };
  }

  private async ask(caller: Principal, { targetingKey, attributes }: EvaluationContext) {
    const identifiers = identifiersOf(caller, targetingKey);
    if (!identifiers) {
      const errorDetails = 'This session does not speak for that targetingKey.';
      return refuse({ errorCode: 'INVALID_CONTEXT', errorDetails });
    }
    const found = await this.people.find(caller, identifiers);
    if (!found.ok) return refuse({ errorCode: 'INVALID_CONTEXT', errorDetails: found.failure.detail });
    const { view, participant: known = strangerOf(null) } = found.value.subject;
    const participant = { ...known, inControl: this.inControl(known) };
    const variables = { profile: view, context: attributes, now: new Date(this.clock.now()) };
    const trials = trialsFor(this.experiments.book, participant, variables);
    const { profileId, anonymousId } = participant;
    return { ok: true as const, value: { trials, exposed: { profileId, anonymousId, view } } };
  }

  /** Flags belong to no channel: control groups of all channels count. */
  private inControl({ profileId, anonymousId }: Participant): boolean {
    const { controls } = this.catalogue.snapshot;
    return controlOf(controls, profileId ?? anonymousId, '', this.clock.now()) !== null;
  }
}

/**
 * Whom a targeting key means: `namespace:value`, else a user's id or a device's, whichever is known. A session speaks for
 * its own visitor alone.
 */
function identifiersOf(caller: Principal, targetingKey: string | undefined): Identifiers | undefined {
  if (caller.kind === 'session') {
    const own = [caller.anonymousId, caller.userId, undefined];
    return own.includes(targetingKey) ? { anonymousId: caller.anonymousId ?? '' } : undefined;
  }
  if (targetingKey === undefined) return {};
  const [, namespace, value] = QUALIFIED.exec(targetingKey) ?? [];
  if (namespace !== undefined && value !== undefined) return { [namespace]: value };
  return UUID.test(targetingKey)
    ? { anonymousId: targetingKey }
    : { userId: targetingKey, anonymousId: targetingKey };
}

function evaluate(trials: Trials, key: string, { targetingKey }: EvaluationContext): Found<FlagAnswer> {
  const assignment = trials.first('flag', key);
  if (!assignment) {
    return refuse({ key, errorCode: 'FLAG_NOT_FOUND', errorDetails: `There is no flag ${key}.` });
  }
  if (assignment.outside === 'nobody-to-draw' && targetingKey === undefined) {
    const errorDetails = `The flag ${key} is drawn by person: say in context.targetingKey who is asked for.`;
    return refuse({ key, errorCode: 'TARGETING_KEY_MISSING', errorDetails });
  }
  trials.expose(assignment);
  return { ok: true, value: { key, ...flagValue(assignment), metadata: metadataOf(assignment) } };
}

function metadataOf(assignment: Assignment): FlagAnswer['metadata'] {
  const { key, phase } = assignment.experiment;
  if (!assignment.outside) return { experiment: key, phase };
  const { outside, detail } = assignment;
  return { experiment: key, phase, outside, ...(detail !== undefined && { detail }) };
}

function refuse(error: FlagError): { ok: false; error: FlagError } {
  return { ok: false, error };
}
