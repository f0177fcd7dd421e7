import { chosenIn } from '../caps/index.js';
import type { Evaluation } from '../decide/index.js';
import type { Obstacle, ObstacleRule } from '../why-not/index.js';
import type { Foreseen } from './foreseen.js';
import {
  lossStages,
  type LooseRule,
  type LossStage,
  type ValueReport,
  type WithoutValue,
} from './value-report.js';

const STAGE_OF: Partial<Record<ObstacleRule, LossStage>> = {
  restricted: 'restricted',
  'control-group': 'control',
  'not-yet-valid': 'validity',
  'no-longer-valid': 'validity',
  'out-of-stock': 'stock',
  'not-eligible': 'eligibility',
  'not-applicable': 'applicability',
  'not-suitable': 'suitability',
  unknown: 'eligibility',
  'already-accepted': 'history',
  'wanted-later': 'history',
  rejected: 'history',
  'contact-policy': 'contact-policy',
  'in-experiment': 'experiment',
  'cap-reached': 'cap',
  'not-verified': 'eligibility',
};

/** An offer of a person who gets nothing, with all that stands in its way, hard caps too. */
export interface BlockedOffer {
  evaluation: Evaluation;
  obstacles: readonly Obstacle[];
}

/** One person as the value finder sees them. */
export interface PersonOfValue {
  foreseen: Foreseen;
  segments: readonly string[];
  /** Nothing may be chosen for them. */
  restricted: boolean;
  /** What stands in the way of each offer; asked of those alone who get nothing. */
  blocked: () => Promise<BlockedOffer[]>;
}

const MOST_RULES = 500;
const MOST_OFFERS = 10;
const MOST_SEGMENTS = 200;

interface LooseTally extends Omit<LooseRule, 'people' | 'offers'> {
  people: number;
  offers: Map<string, number>;
}

/**
 * Finds people who get nothing relevant. A rule helps a person who gets nothing at all when it alone stands in the way of
 * a relevant offer: there is no other that this one would have to beat.
 */
export class ValueFinder {
  private people = 0;
  private irrelevant = 0;
  private nothing = 0;
  private readonly lost = new Map<LossStage, number>();
  private readonly loose = new Map<string, LooseTally>();
  private readonly segments = new Map<string, { people: number; withoutValue: number }>();

  constructor(private readonly leastPropensity: number) {}

  /** @returns what is known of a person who gets nothing relevant; null of others */
  async add(person: PersonOfValue): Promise<WithoutValue | null> {
    this.people += 1;
    const { foreseen, segments } = person;
    const chosen = chosenIn(foreseen.decision);
    const served = chosen.some((evaluation) => this.isRelevant(foreseen, evaluation));
    for (const segment of segments) this.countSegment(segment, served);
    if (served) return null;
    if (chosen.length > 0) this.irrelevant += 1;
    else this.nothing += 1;
    const blocked = person.restricted || chosen.length > 0 ? [] : await person.blocked();
    const stage = stageOf(person, chosen.length > 0, blocked);
    this.lost.set(stage, (this.lost.get(stage) ?? 0) + 1);
    return {
      stage,
      shown: chosen.map(({ offer }) => offer.key),
      loosen: chosen.length > 0 ? [] : this.loosen(foreseen, blocked),
    };
  }

  report(): ValueReport {
    const { leastPropensity, people, irrelevant, nothing } = this;
    return {
      leastPropensity,
      people,
      relevant: people - irrelevant - nothing,
      irrelevant,
      nothing,
      lost: lossStages.flatMap((stage) => {
        const lost = this.lost.get(stage);
        return lost === undefined ? [] : [{ stage, people: lost }];
      }),
      loosen: [...this.loose.values()]
        .sort((a, b) => b.people - a.people || (a.of < b.of ? -1 : 1))
        .slice(0, MOST_RULES)
        .map(({ offers, ...rule }) => ({ ...rule, offers: mostFrequent(offers) })),
      segments: [...this.segments].map(([segment, counts]) => ({ segment, ...counts })),
    };
  }

  private isRelevant({ expected }: Foreseen, evaluation: Evaluation): boolean {
    return expected(evaluation) >= this.leastPropensity;
  }

  private countSegment(segment: string, served: boolean): void {
    const counts = this.segments.get(segment) ?? { people: 0, withoutValue: 0 };
    if (!this.segments.has(segment) && this.segments.size >= MOST_SEGMENTS) return;
    this.segments.set(segment, counts);
    counts.people += 1;
    if (!served) counts.withoutValue += 1;
  }

  /** Every rule counts once for a person, whatever number of offers it keeps away. */
  private loosen(foreseen: Foreseen, blocked: readonly BlockedOffer[]): WithoutValue['loosen'] {
    const helping = new Map<string, WithoutValue['loosen'][number]>();
    for (const { evaluation, obstacles } of blocked) {
      const names = new Map(obstacles.map((obstacle) => named(obstacle, evaluation)));
      const [first] = names;
      if (names.size !== 1 || first === undefined || !this.isRelevant(foreseen, evaluation)) continue;
      const [key, rule] = first;
      const held = helping.get(key);
      if (held) held.offers.push(evaluation.offer.key);
      else {
        const { rule: name, question, of } = rule;
        helping.set(key, { rule: name, question, of, offers: [evaluation.offer.key] });
        this.tally(key, rule);
      }
      const tally = this.loose.get(key);
      tally?.offers.set(evaluation.offer.key, (tally.offers.get(evaluation.offer.key) ?? 0) + 1);
    }
    return [...helping.values()];
  }

  private tally(key: string, rule: Omit<LooseRule, 'people' | 'offers'>): void {
    const held = this.loose.get(key);
    if (held) held.people += 1;
    else this.loose.set(key, { ...rule, people: 1, offers: new Map() });
  }
}

/** Where the person lost everything: where the offer fell that got furthest. */
function stageOf(
  { foreseen, restricted }: PersonOfValue,
  shown: boolean,
  blocked: readonly BlockedOffer[],
): LossStage {
  if (restricted) return 'restricted';
  if (foreseen.control !== null) return 'control';
  if (shown) return 'relevance';
  let furthest: LossStage = 'no-offers';
  for (const { obstacles } of blocked) {
    const [first] = obstacles;
    const fell = first === undefined ? 'relevance' : stageOfObstacle(first);
    if (lossStages.indexOf(fell) > lossStages.indexOf(furthest)) furthest = fell;
  }
  return furthest;
}

function stageOfObstacle({ rule, question }: Obstacle): LossStage {
  return question ?? STAGE_OF[rule] ?? 'no-offers';
}

/** What would have to be loosened; two obstacles of one name are loosened together. */
function named(
  { rule, question, level, detail }: Obstacle,
  { offer }: Evaluation,
): [string, Omit<LooseRule, 'people' | 'offers'>] {
  const owner = level === null ? null : level === 'offer' ? offer.key : offer[level];
  const of = owner ?? (NAMED_BY_DETAIL.has(rule) ? detail : null) ?? offer.key;
  const name = rule === 'unknown' ? OBJECTION_OF[question ?? 'eligibility'] : rule;
  return [JSON.stringify([name, level, of]), { rule: name, question, level, of }];
}

const NAMED_BY_DETAIL: ReadonlySet<ObstacleRule> = new Set<ObstacleRule>([
  'control-group',
  'out-of-stock',
  'rejected',
  'contact-policy',
  'in-experiment',
  'cap-reached',
]);
const OBJECTION_OF = {
  eligibility: 'not-eligible',
  applicability: 'not-applicable',
  suitability: 'not-suitable',
} as const;

function mostFrequent(offers: ReadonlyMap<string, number>): LooseRule['offers'] {
  return [...offers]
    .map(([offer, people]) => ({ offer, people }))
    .sort((a, b) => b.people - a.people || (a.offer < b.offer ? -1 : 1))
    .slice(0, MOST_OFFERS);
}
