import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { PropensityModel } from '@repartee/learning';
import { Clock, newId } from '@repartee/platform';
import {
  comparisonOf,
  controlOf,
  Deliberation,
  describeObstacle,
  type Decision,
  type DecideInput,
  type Disclosure,
  type Evaluation,
  nextMonth,
  type Obstacle,
  obstacleOf,
  obstaclesOf,
  shownFacts,
  summaryOf,
  togetherOf,
  type ZoneToAsk,
  zonesToAsk,
} from '../domain/index.js';
import { CapRoom } from './cap-room.js';
import { CatalogueReader } from './catalogue-reader.js';
import { Catalogue } from './catalogue.js';
import type { DecisionSubject } from './decision-question.js';
import { DecisionTrials } from './decision-trials.js';
import { ShelvedItems } from './shelved-items.js';
import type { WhyNotAnswer, WhyNotZone } from './why-not-schema.js';

export type { WhyNotAnswer } from './why-not-schema.js';

/** Draws by which the chance of an offer is told, and after how many others get their turn. */
const DRAWS = 50;
const AT_ONCE = 5;

export interface WhyNotQuestion {
  offer: string;
  /** Asked for alone; every zone the offer has a treatment for unless told. */
  zone?: string | undefined;
  channel?: string | undefined;
  count?: number | undefined;
  context?: Record<string, unknown> | undefined;
  timeZone?: string | undefined;
  /** Nothing may be chosen for this person. */
  restricted?: boolean | undefined;
}

/** Says why an offer is not shown to somebody: decides again with an eye on that one offer. Nothing is recorded, nothing reserved. */
@Injectable()
export class WhyNot {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly reader: CatalogueReader,
    private readonly model: PropensityModel,
    private readonly trials: DecisionTrials,
    private readonly room: CapRoom,
    private readonly clock: Clock,
  ) {}

  /** Fails with CATALOGUE.NOT_FOUND, DECISION.UNKNOWN_ZONE or DECISION.ZONE_OF_OTHER_CHANNEL. */
  async ask(
    subject: DecisionSubject,
    question: WhyNotQuestion,
    disclosure: Disclosure,
  ): Promise<Result<WhyNotAnswer>> {
    const { snapshot } = this.catalogue;
    const offer = snapshot.offersByKey.get(question.offer);
    if (!offer) return fail(failure('CATALOGUE.NOT_FOUND', `There is no offer ${question.offer}.`));
    const asked = zonesToAsk(snapshot, question);
    if (!asked.ok) return asked;
    const stored = await this.reader.get('offer', offer.key);
    const published = stored.ok && (stored.value['status'] ?? 'published') === 'published';
    const now = this.clock.now();
    const zones: WhyNotZone[] = [];
    for (const zone of asked.value)
      zones.push(await this.askZone(zone, { subject, question, disclosure, now, published }));
    if (zones.length === 0) zones.push(nowhere(published, disclosure));
    const best = zones.find(({ verdict }) => verdict === 'shown') ?? zones[0]!;
    const summary = zones.length === 1 ? best.summary : `In ${best.zone}: ${best.summary}`;
    const at = new Date(now).toISOString();
    return ok({ profileId: subject.profileId, offer: offer.key, at, summary, zones });
  }

  private async askZone(asked: ZoneToAsk, situation: Situation): Promise<WhyNotZone> {
    const { subject, question, disclosure, now, published } = situation;
    const { zone, candidate } = asked;
    const before = this.beforeDeciding(asked, situation);
    const input = this.inputFor(asked, situation, newId());
    const deliberation = new Deliberation(input);
    const full = await this.room.refuse(deliberation, {
      subject,
      channel: zone.channel,
      context: input.context,
      now,
    });
    const decision = deliberation.decide();
    const evaluation = decision.evaluations.find(({ offer }) => offer.key === question.offer) ?? null;
    const forced = evaluation !== null && evaluation.dropped === null && evaluation.override !== null;
    const found = candidate === null || forced ? [] : obstaclesOf(candidate, input, evaluation);
    const caps =
      candidate === null
        ? []
        : (full.get(question.offer) ??
          (await this.room.fullFor(candidate.offer, {
            subject,
            channel: zone.channel,
            context: input.context,
            now,
          })));
    const obstacles = [...before, ...found.filter(({ rule }) => rule !== 'cap-reached'), ...caps];
    const shown = obstacles.map((one) => describeObstacle(one, disclosure));
    const together = candidate === null ? null : togetherOf(obstacles, candidate, input);
    const open = obstacles.length === 0 && published;
    const place = evaluation?.zone ?? -1;
    const chance = open ? await this.chanceOf(asked, situation) : null;
    const winners = open && place < 0 ? winnersOf(decision, evaluation) : [];
    const rank = { shown: place >= 0, chance, winners: winners.map(({ words }) => words) };
    return {
      zone: zone.key,
      channel: zone.channel,
      verdict: !open ? 'blocked' : place >= 0 ? 'shown' : 'outranked',
      summary: summaryOf(shown, rank),
      obstacles: shown,
      liftsAt: liftsAt(
        obstacles,
        shown.some(({ withheld }) => withheld),
      ),
      unblock: together === null ? null : shownFacts(together.remedies, disclosure),
      chance,
      own: open && evaluation ? numbersOf(evaluation) : null,
      winners,
    };
  }

  /** What would keep a decision from being taken at all. */
  private beforeDeciding({ zone, candidate }: ZoneToAsk, { subject, question, now, published }: Situation) {
    const obstacles: Obstacle[] = [];
    if (question.restricted === true) obstacles.push(obstacleOf('restricted', { when: 'change', at: null }));
    const { controls } = this.catalogue.snapshot;
    const control = controlOf(controls, subject.profileId ?? subject.anonymousId, zone.channel, now);
    if (control !== null)
      obstacles.push(obstacleOf('control-group', { when: 'earliest', at: nextMonth(now) }, control));
    if (!published) obstacles.push(obstacleOf('not-published', { when: 'change', at: null }));
    else if (candidate === null)
      obstacles.push(obstacleOf('no-treatment', { when: 'change', at: null }, zone.key));
    return obstacles;
  }

  private inputFor({ zone }: ZoneToAsk, { subject, question, now }: Situation, seed: string): DecideInput {
    const { channel } = zone;
    const context = question.context ?? {};
    const { model } = this;
    const arm = this.trials.armOf(subject, this.catalogue.snapshot, now, model.sequence);
    const countsOnly = arm === 'model-control';
    const asked = { channel, zones: [], context, dialogueId: '', fallbackOnly: question.restricted ?? false };
    return {
      snapshot: this.catalogue.snapshot,
      profile: subject.view,
      channel,
      zones: [{ zone, count: question.count ?? 1 }],
      context,
      timeZone: question.timeZone ?? null,
      now,
      person: subject.profileId ?? subject.anonymousId ?? seed,
      propensity: model.predictor({ seed, person: subject.view, channel, at: now, countsOnly }),
      trials: this.trials.of(subject, asked, now),
      items: new ShelvedItems(this.catalogue.items, now),
      arm: arm && { arm, seed },
    };
  }

  /** In how many draws of learning it gets a place. Others get their turn in between. */
  private async chanceOf(asked: ZoneToAsk, situation: Situation): Promise<number> {
    let shown = 0;
    for (let draw = 0; draw < DRAWS; draw += 1) {
      if (draw % AT_ONCE === 0) await setImmediate();
      const decision = new Deliberation(this.inputFor(asked, situation, newId())).decide();
      const found = decision.evaluations.find(({ offer }) => offer.key === situation.question.offer);
      if (found !== undefined && found.zone >= 0) shown += 1;
    }
    return shown / DRAWS;
  }
}

interface Situation {
  subject: DecisionSubject;
  question: WhyNotQuestion;
  disclosure: Disclosure;
  now: number;
  published: boolean;
}

function nowhere(published: boolean, disclosure: Disclosure): WhyNotZone {
  const rule = published ? 'no-treatment' : 'not-published';
  const obstacle = describeObstacle(obstacleOf(rule, { when: 'change', at: null }), disclosure);
  const none = {
    zone: null,
    channel: null,
    liftsAt: null,
    unblock: null,
    chance: null,
    own: null,
    winners: [],
  };
  return { ...none, verdict: 'blocked', summary: obstacle.words, obstacles: [obstacle] };
}

function winnersOf(decision: Decision, own: Evaluation | null): WhyNotZone['winners'] {
  return decision.zones.flatMap(({ choices }) =>
    choices.map(({ evaluation }, place) => ({
      ...numbersOf(evaluation),
      place,
      words: own === null ? evaluation.offer.key : comparisonOf(evaluation, own),
    })),
  );
}

function numbersOf({ offer, propensity, contextWeight, lever, priority }: Evaluation) {
  return { offer: offer.key, propensity, contextWeight, value: offer.value, lever, priority };
}

/** The latest of all moments, where each is certain. */
function liftsAt(obstacles: readonly Obstacle[], withheld: boolean): string | null {
  if (withheld || obstacles.length === 0 || obstacles.some(({ lifting }) => lifting.when !== 'at'))
    return null;
  return new Date(Math.max(...obstacles.map(({ lifting }) => lifting.at ?? 0))).toISOString();
}
