import type { HypotheticalCase, StudyChange } from '@repartee/decisioning';
import type { Compared } from './comparison.js';

/** So many people are named of each kind. */
const MOST_EXAMPLES = 1000;

/** The first people of a study whose answer changes, and the first that are left with nothing relevant. */
export class Examples {
  private readonly changed: StudyChange[] = [];
  private readonly unserved: StudyChange[] = [];

  get all(): StudyChange[] {
    return [...this.changed, ...this.unserved];
  }

  note({ subject: { profileId } }: HypotheticalCase, { change, without }: Compared, more: object = {}): void {
    if (change && this.changed.length < MOST_EXAMPLES)
      this.changed.push({ profileId, change: { ...more, ...change } });
    if (without && this.unserved.length < MOST_EXAMPLES)
      this.unserved.push({ profileId, change: { ...more, ...without } });
  }
}
