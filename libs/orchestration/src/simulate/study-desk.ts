import type { StudyChange } from '@repartee/decisioning';

/** Where a study is worked on: it says how far it is, and lets others have their turn. */
export interface StudyDesk {
  /**
   * To be called after each piece of work.
   * @throws StudyEnded when nobody waits for the rest
   */
  step(processed: number, total: number | null): Promise<void>;
}

/** Somebody cancelled the study, or the process stops. */
export class StudyEnded extends Error {}

/** What the request asks for can no longer be done; the message says why. */
export class StudyRefused extends Error {}

/** What a study found. */
export interface StudyFindings {
  result: object;
  changes: StudyChange[];
}
