import { Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import { LaterActs } from '@repartee/profile';
import { answerReward, revenueReward, type CountLine, type LaterAim } from '../domain/index.js';
import { RevenueScales } from './revenue-scales.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const BATCH = 500;

interface Display {
  decisionId: string;
  offer: string;
  profileId: string | null;
  model: string;
  stage: string;
  shownAt: Date;
  /** The next display to this person that is judged by revenue: what is ordered from then on is its doing. */
  nextAt: Date | null;
  later: LaterAim;
}

/** A display with one part of what was to come of it, ready to be asked about. */
type Asked<Part extends keyof LaterAim> = {
  key: string;
  profileId: string;
  display: Display;
  goal: NonNullable<LaterAim[Part]>;
};

/** Looks, once the time has come, what became of a display: orders, the person's return, an answer. */
@Injectable()
export class LaterJudge {
  private readonly scales = new RevenueScales();

  constructor(private readonly acts: LaterActs) {}

  /**
   * Judges the displays whose time has come, and makes those due to be told of which something came.
   * @returns what that adds to the counts
   */
  async judge(tx: Transaction, now: Date): Promise<CountLine[]> {
    const displays = await take(tx, now);
    if (displays.length === 0) return [];
    const earned = displays.map(() => 0);
    const add = ({ key, goal: { share } }: { key: string; goal: { share: number } }, reward: number) => {
      earned[Number(key)]! += share * reward;
    };
    await this.byRevenue(tx, asking(displays, 'revenue'), add);
    await this.byRetention(tx, asking(displays, 'retention'), add);
    await this.byAnswer(tx, asking(displays, 'answer'), add);
    const gained = displays
      .map((display, at) => ({ ...display, earned: earned[at]! }))
      .filter((display) => display.earned > 0);
    await keep(tx, gained, now);
    return gained.map(({ offer, model, stage, earned: gain }) => [
      offer,
      model.slice(offer.length + 1),
      stage,
      0,
      gain,
    ]);
  }

  private async byRevenue(
    tx: Transaction,
    asked: readonly Asked<'revenue'>[],
    add: (of: Asked<'revenue'>, reward: number) => void,
  ): Promise<void> {
    if (asked.length === 0) return;
    const questions = asked.map(({ key, profileId, display, goal }) => {
      const { decisionId, offer, shownAt: from, nextAt } = display;
      const until = after(from, goal.windowMinutes * MINUTE_MS);
      return { key, profileId, decisionId, offer, currency: goal.currency, from, until, nextAt };
    });
    const untilNext = questions.map(({ until, nextAt, ...question }) => ({
      ...question,
      until: nextAt && nextAt < until ? nextAt : until,
    }));
    const ordered = await this.acts.ordered(tx, untilNext);
    const responded = await this.acts.responded(tx, questions);
    const scales = await this.scales.load(tx);
    for (const each of asked) {
      // An order and the response that reports it are the same money.
      const value = Math.max(ordered.get(each.key) ?? 0, responded.get(each.key) ?? 0);
      if (!(value > 0)) continue;
      const scale = scales.of(each.goal.currency);
      scale.observe(value);
      add(each, revenueReward(value, each.goal.full ?? scale.full));
    }
    await this.scales.save(tx, scales);
  }

  private async byRetention(
    tx: Transaction,
    asked: readonly Asked<'retention'>[],
    add: (of: Asked<'retention'>, reward: number) => void,
  ): Promise<void> {
    const seen = await this.acts.seen(
      tx,
      asked.map(({ key, profileId, display, goal }) => {
        const from = after(display.shownAt, goal.days * DAY_MS);
        return { key, profileId, from, until: after(from, goal.withinDays * DAY_MS) };
      }),
    );
    for (const each of asked) if (seen.has(each.key)) add(each, 1);
  }

  private async byAnswer(
    tx: Transaction,
    asked: readonly Asked<'answer'>[],
    add: (of: Asked<'answer'>, reward: number) => void,
  ): Promise<void> {
    const answers = await this.acts.answered(
      tx,
      asked.map(({ key, profileId, display: { shownAt: from }, goal }) => {
        const { event, question } = goal;
        return { key, profileId, event, question, from, until: after(from, goal.windowMinutes * MINUTE_MS) };
      }),
    );
    for (const each of asked) add(each, answerReward(each.goal, answers.get(each.key)));
  }
}

function asking<Part extends keyof LaterAim>(displays: readonly Display[], part: Part): Asked<Part>[] {
  return displays.flatMap((display, at) => {
    const { profileId, later } = display;
    const goal = later[part];
    return profileId !== null && goal ? [{ key: String(at), profileId, display, goal }] : [];
  });
}

function after(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds);
}

function take(tx: Transaction, now: Date): Promise<Display[]> {
  return tx.query<Display>(
    `WITH due AS (
       SELECT decision_id, offer FROM learning_presentation WHERE judged_at <= $1
        ORDER BY judged_at, decision_id, offer LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
     UPDATE learning_presentation p SET judged_at = NULL FROM due
      WHERE p.decision_id = due.decision_id AND p.offer = due.offer
     RETURNING p.decision_id AS "decisionId", p.offer, p.profile_id AS "profileId", p.model, p.later,
       coalesce(p.features ->> 'stage', 'new') AS stage, p.shown_at AS "shownAt",
       (SELECT min(n.shown_at) FROM learning_presentation n
         WHERE n.profile_id = p.profile_id AND n.shown_at > p.shown_at AND n.later ? 'revenue') AS "nextAt"`,
    [now],
    'learning.judge',
  );
}

async function keep(
  tx: Transaction,
  gained: readonly { decisionId: string; offer: string; earned: number }[],
  now: Date,
): Promise<void> {
  if (gained.length === 0) return;
  await tx.query(
    `UPDATE learning_presentation p SET earned = d.earned, due_at = $4
       FROM unnest($1::uuid[], $2::text[], $3::float8[]) AS d (decision_id, offer, earned)
      WHERE p.decision_id = d.decision_id AND p.offer = d.offer`,
    [
      gained.map(({ decisionId }) => decisionId),
      gained.map(({ offer }) => offer),
      gained.map(({ earned }) => earned),
      now,
    ],
  );
}
