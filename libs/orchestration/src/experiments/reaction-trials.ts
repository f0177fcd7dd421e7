import { Inject, Injectable } from '@nestjs/common';
import { Catalogue } from '@repartee/decisioning';
import { controlOf } from '@repartee/decisioning/domain';
import type { Reaction } from '@repartee/detection/domain';
import { Experiments, Exposures } from '@repartee/experiments';
import { participantOf, trialsFor } from '@repartee/experiments/domain';
import { PersonStandings } from '@repartee/governance';
import { Clock } from '@repartee/platform';
import type { CachedProfile } from '@repartee/profile';
import { mayUseProfile } from '@repartee/profile/domain';

/** Brings experiments into reactions. */
@Injectable()
export class ReactionTrials {
  constructor(
    @Inject(Experiments) private readonly experiments: Experiments,
    @Inject(Exposures) private readonly exposures: Exposures,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * What a reaction that would go ahead for a person does; the person counts as exposed, whether it does or not.
   * @returns undefined when an experiment holds it back
   */
  actionOf({ key, action }: Reaction, { record, view }: CachedProfile): Reaction['action'] | undefined {
    const { book } = this.experiments;
    if (book.on('reaction', key).length === 0 || !mayUseProfile(this.standings.recall(record.family), record))
      return action;
    const now = this.clock.now();
    const { controls } = this.catalogue.snapshot;
    const inControl = controlOf(controls, record.id, action.channel, now) !== null;
    const variables = { profile: view, context: { reaction: key }, now: new Date(now) };
    const trials = trialsFor(book, participantOf(record, null, inControl), variables);
    const assignment = trials.first('reaction', key);
    if (!assignment?.variation) return action;
    trials.expose(assignment);
    this.exposures.note(book, trials.exposures, { profileId: record.id, anonymousId: null, view }, now);
    const { go, skip, zone = action.zone } = assignment.variation;
    return go === false || skip?.includes(key) === true ? undefined : { ...action, zone };
  }
}
