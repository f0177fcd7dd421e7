import type { DecisionRequest } from '@repartee/contracts';
import type { Participant } from '@repartee/experiments/domain';
import type { ProfileView } from '@repartee/profile/domain';

/** Whom a decision is for. */
export interface DecisionSubject {
  /** The same object for as long as the profile does not change: verdicts of rules are remembered with it. */
  view: ProfileView;
  /** What content may say of them, where whoever asks may not know all. */
  shown?: ProfileView;
  profileId: string | null;
  profileVersion: number;
  anonymousId: string | null;
  /** As experiments draw them; absent where no experiment is for them. */
  participant?: Participant;
}

/** What is asked, once the person is known. */
export type DecisionQuestion = Pick<
  DecisionRequest,
  'channel' | 'zones' | 'context' | 'locale' | 'explain' | 'prefetch' | 'timeZone'
> & {
  dialogueId: string;
  /** Nothing may be chosen for this person: zones get what they show to nobody in particular. */
  fallbackOnly?: boolean;
};
