import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { checkExperiments, type Experiment } from '@repartee/experiments/domain';
import { TraitBooks } from '@repartee/profile';
import { computedTypes, ruleTypes } from '@repartee/profile/domain';
import { SubjectCheck } from './subject-check.js';

/** Checks experiments against what is in force: the traits that rules may read, offers, treatments, reactions. */
@Injectable()
export class DeclaredExperiments {
  constructor(
    @Inject(SubjectCheck) private readonly subjects: SubjectCheck,
    @Inject(TraitBooks) private readonly traits: TraitBooks,
  ) {}

  /** Fails with EXPERIMENT.REFUSED. */
  async check(document: Experiment): Promise<Result<void>> {
    const types = ruleTypes(computedTypes(this.traits.computed()));
    const { issues } = checkExperiments([document], types);
    const all = [...issues, ...(await this.subjects.check([document]))];
    const [first] = all;
    if (!first) return ok(undefined);
    const errors = all.map(({ pointer, message }) => ({
      pointer: `#/${pointer.replace(/^0\/?/, '')}`,
      detail: message,
    }));
    return fail(failure('EXPERIMENT.REFUSED', first.message, { errors }));
  }
}
