import type { Decision, Deliberation, Evaluation } from '../decide/index.js';
import { isCapped } from './claims.js';

/** How often refused offers make room for others, before all offers under caps do. */
const ROUNDS = 5;

/** A decision, if there is room for all that it offers. */
export interface HopedDecision {
  decision: Decision;
  /** The offers in it that room was taken for, or is asked for now. */
  reserved: ReadonlySet<string>;
}

/** Asks for room for offers. @returns for each the cap that refused it, or null */
export type TakeRoom = (
  wanted: readonly Evaluation[],
  hoped: HopedDecision,
) => Promise<readonly (string | null)[]>;

/** A decision with room for all that it offers. */
export interface SettledDecision {
  decision: Decision;
  /** The offers in it that room was taken for. */
  reserved: Set<string>;
  /** Offers that room was taken for and that are not in it. */
  idle: string[];
}

/** Takes room for the offers chosen that stand under hard caps; where there is none, the next best moves up. */
export async function settleCaps(
  deliberation: Deliberation,
  first: Decision,
  channel: string,
  take: TakeRoom,
): Promise<SettledDecision> {
  const reserved = new Set<string>();
  const wants = ({ offer }: Evaluation) => isCapped(offer, channel) && !reserved.has(offer.key);
  let decision = first;
  for (let round = 1; chosenIn(decision).some(wants); round += 1) {
    if (round > ROUNDS) decision.evaluations.filter(wants).forEach((one) => deliberation.refuse(one, null));
    else {
      const wanted = chosenIn(decision).filter(wants);
      const hoped = new Set([...reserved, ...wanted.map(({ offer }) => offer.key)]);
      const answers = await take(wanted, { decision, reserved: hoped });
      wanted.forEach((evaluation, index) => {
        const refused = answers[index] ?? null;
        if (refused === null) reserved.add(evaluation.offer.key);
        else deliberation.refuse(evaluation, refused);
      });
      if (answers.every((refused) => refused === null)) break;
    }
    decision = deliberation.decide();
  }
  const shown = new Set(chosenIn(decision).map(({ offer }) => offer.key));
  const idle = [...reserved].filter((offer) => !shown.has(offer));
  for (const offer of idle) reserved.delete(offer);
  return { decision, reserved, idle };
}

/** All that is offered, zone after zone. */
export function chosenIn(decision: Decision): Evaluation[] {
  return decision.zones.flatMap(({ choices }) => choices.map(({ evaluation }) => evaluation));
}
