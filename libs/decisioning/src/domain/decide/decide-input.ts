import type { Trials } from '@repartee/experiments/domain';
import type { Prior, Stage } from '@repartee/learning/domain';
import type { ProfileView } from '@repartee/profile/domain';
import type { CatalogueSnapshot, CompiledZone } from '../catalogue/index.js';
import type { ArmOfDecision } from '../impact/index.js';
import type { ItemSource } from './item-source.js';

/** What the propensity is asked for. */
export interface PropensityQuestion {
  offer: string;
  channel: string;
  stage: Stage;
  prior: Prior | undefined;
}

export interface DecideInput {
  snapshot: CatalogueSnapshot;
  /** The person as rules see them. Its verdicts are remembered by identity: a changed person is a new object. */
  profile: ProfileView;
  channel: string;
  zones: readonly ZoneRequest[];
  context: object;
  /** The person's time zone, where the request says it; else their trait `timezone`, else UTC. */
  timeZone?: string | null;
  /** Milliseconds. */
  now: number;
  /** Profile or device, or the decision itself: what the order of equal offers follows from. */
  person?: string;
  /** P, in (0, 1). */
  propensity: (question: PropensityQuestion) => number;
  /** The experiments this person is in; none unless given. */
  trials?: Trials | undefined;
  /** The arm of the impact analysis this decision is in. */
  arm?: ArmOfDecision | null;
  /** What is known of items; without it there is enough of all. */
  items?: ItemSource;
}

export interface ZoneRequest {
  zone: CompiledZone;
  count: number;
}
