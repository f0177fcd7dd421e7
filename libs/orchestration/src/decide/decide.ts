import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import {
  type DecisionRequest,
  type DecisionResponse,
  ok,
  type Result,
  type TrackingEvent,
} from '@repartee/contracts';
import { Decisions, KEPT_SLATES } from '@repartee/decisioning';
import { currentDialogue } from '@repartee/dialogue/domain';
import { Ingest } from '@repartee/ingestion';
import { Clock, newId, Places, TurnQueue } from '@repartee/platform';
import type { GoldenRecord } from '@repartee/profile/domain';
import { Discretion } from '../masking/discretion.js';
import { CallAtHand } from './call-at-hand.js';
import { type PeopleSource, PersonFinder } from './person-finder.js';

/** Seconds a decision waits for the events it came with. */
const EVENTS_WAIT = 1;
/** Milliseconds of deciding at a stretch: with hundreds of offers some tens of requests. */
const TURN_MS = 10;

/** What now, for this person, in these zones? Of a warm person it knows without asking the database. */
@Injectable()
export class Decide {
  private readonly turns = new TurnQueue(TURN_MS);
  /** With room under caps to be taken a decision waits for the database, and holds its slate meanwhile. */
  private readonly places = new Places(KEPT_SLATES);

  constructor(
    @Inject(PersonFinder) private readonly people: PersonFinder,
    @Inject(CallAtHand) private readonly call: CallAtHand,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Discretion) private readonly discretion: Discretion,
  ) {}

  /** @param people where the person is looked for; in all profiles unless given */
  async decide(
    caller: Principal,
    asked: DecisionRequest,
    people?: PeopleSource,
  ): Promise<Result<DecisionResponse>> {
    const seen = this.call.concerns(caller, asked) ? await this.call.look(caller, asked) : undefined;
    if (seen && !seen.ok) return seen;
    const request = seen?.value.request ?? asked;
    if (request.events?.length) {
      const ingested = await this.takeEvents(caller, request.events);
      if (!ingested.ok) return ingested;
    }
    const ofCall = seen?.value.person;
    const found = ofCall ? ok(ofCall) : await this.people.find(caller, request.identifiers, people);
    if (!found.ok) return found;
    const { record, restricted = false } = found.value;
    const subject = this.discretion.subjectFor(
      caller,
      found.value.subject,
      ofCall && request.context['verified'],
    );
    const dialogueId = this.dialogueOf(request, record);
    const place = this.places.acquire();
    if (place !== true) await place;
    try {
      const turn = this.turns.mine();
      if (turn) await turn;
      // What a spread object gets stands before the spread: behind it, V8 puts the object among the old (ADR 14).
      return await this.decisions.decide(subject, { dialogueId, fallbackOnly: restricted, ...request });
    } finally {
      this.places.release();
    }
  }

  private dialogueOf(request: DecisionRequest, record: GoldenRecord | undefined): string {
    return request.dialogueId ?? currentDialogue(record?.dialogue, this.clock.now()) ?? newId();
  }

  /** Events that come with the question count in the answer. A session's events are its visitor's, whatever they say. */
  private async takeEvents(caller: Principal, events: TrackingEvent[]): Promise<Result<unknown>> {
    const own = caller.kind === 'session' ? { anonymousId: caller.anonymousId } : {};
    const batch = events.map((event) => ({ ...event, ...own }));
    const ingested = await this.ingest.batch({ caller, body: { batch }, text: '' });
    if (ingested.ok) await this.ingest.visible(ingested.value, EVENTS_WAIT);
    return ingested;
  }
}
