import { Inject, Injectable } from '@nestjs/common';
import { ok, type Result } from '@repartee/contracts';
import { type HypotheticalCase, WhatIf } from '@repartee/decisioning';
import { type Foreseen, reasonFor } from '@repartee/decisioning/domain';
import { Clock, Turns } from '@repartee/platform';
import { type Compared, Comparison, type Sought } from './comparison.js';
import { DraftCatalogue } from './draft-catalogue.js';
import { LoggedCases } from './logged-cases.js';
import { PeopleCases } from './people-cases.js';
import { peopleRules } from './people-rules.js';
import type { SimulateRequest } from './simulate-schemas.js';
import { Examples } from './examples.js';
import { type StudyDesk, type StudyFindings, StudyRefused } from './study-desk.js';

/** What would be decided for these people with these drafts. Nothing of it is recorded, nothing reserved. */
@Injectable()
export class Simulate {
  constructor(
    @Inject(DraftCatalogue) private readonly drafts: DraftCatalogue,
    @Inject(PeopleCases) private readonly people: PeopleCases,
    @Inject(LoggedCases) private readonly log: LoggedCases,
    @Inject(WhatIf) private readonly whatIf: WhatIf,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Whether a request can be worked on. Fails with what is wrong with its drafts, zones or rules. */
  async check(request: SimulateRequest): Promise<Result<{ revision: number }>> {
    const prepared = await this.prepare(request);
    return prepared.ok ? ok({ revision: prepared.value.published.revision }) : prepared;
  }

  /** Decides for profiles that are named, and says what for each. */
  async answer(request: SimulateRequest): Promise<Result<object>> {
    const prepared = await this.prepare(request);
    if (!prepared.ok) return prepared;
    const named = await this.people.named(request.profiles ?? [], request);
    if (!named.ok) return named;
    const turns = new Turns();
    const compare = this.comparison(prepared.value);
    const people: object[] = [];
    for (const { reference, case: asked } of named.value) {
      if (asked === null) continue;
      const compared = await compare.add(asked);
      people.push(personOf(reference, asked, compared, request.explain));
      await turns.next();
    }
    const unknown = named.value.filter((one) => one.case === null).map(({ reference }) => reference);
    return ok({ ...compare.report({ population: null }), unknown, people });
  }

  /** Decides for a sample, or for the decisions of the past. */
  async study(request: SimulateRequest, desk: StudyDesk): Promise<StudyFindings> {
    const prepared = await this.prepare(request);
    if (!prepared.ok) throw new StudyRefused(prepared.failure.detail);
    return request.log
      ? this.overLog(request.log, prepared.value, desk)
      : this.overSample(request, prepared.value, desk);
  }

  private async overSample(
    request: SimulateRequest,
    prepared: Sought,
    desk: StudyDesk,
  ): Promise<StudyFindings> {
    const { size = 0 } = request.sample ?? {};
    const compare = this.comparison(prepared);
    const examples = new Examples();
    let processed = 0;
    for await (const page of this.people.drawn(request)) {
      for (const asked of page) {
        if (processed === size) break;
        if (!prepared.rules.wants(asked.subject.view, asked.at)) continue;
        examples.note(asked, await compare.add(asked));
        processed += 1;
        await desk.step(processed, size);
      }
      if (processed === size) break;
      await desk.step(processed, size);
    }
    return { result: compare.report({ population: await this.people.population() }), changes: examples.all };
  }

  private async overLog(
    span: NonNullable<SimulateRequest['log']>,
    prepared: Sought,
    desk: StudyDesk,
  ): Promise<StudyFindings> {
    const { total, population, cases } = await this.log.draw(span);
    const compare = this.comparison(prepared);
    const examples = new Examples();
    const skipped: Record<string, number> = {};
    let processed = 0;
    for await (const { asked, skipped: reason } of cases) {
      if (asked === null) skipped[reason] = (skipped[reason] ?? 0) + 1;
      else {
        examples.note(asked, await compare.add(asked), { decisionId: asked.seed });
      }
      processed += 1;
      await desk.step(processed, total);
    }
    return { result: compare.report({ population, skipped }), changes: examples.all };
  }

  private async prepare(request: SimulateRequest): Promise<Result<Sought>> {
    const catalogues = await this.drafts.compare(request.drafts);
    if (!catalogues.ok) return catalogues;
    const { published, draft } = catalogues.value;
    const rules = peopleRules(request, this.drafts.ruleTypes());
    if (!rules.ok) return rules;
    const { channel, zones } = request;
    if (channel !== undefined && zones !== undefined) {
      const known = this.whatIf.check(draft ? [draft, published] : [published], { channel, zones });
      if (!known.ok) return known;
    }
    const { leastPropensity = null } = request.valueFinder ?? {};
    return ok({ published, draft, rules: rules.value, leastPropensity });
  }

  private comparison(prepared: Sought): Comparison {
    return new Comparison(this.whatIf, prepared, this.clock.now());
  }
}

function personOf(
  profile: string,
  { subject }: HypotheticalCase,
  { published, draft, change, without }: Compared,
  explain: boolean,
) {
  return {
    profile,
    profileId: subject.profileId,
    changed: change !== null,
    published: sideOf(published, explain),
    draft: draft && sideOf(draft, explain),
    ...(without && { without }),
  };
}

function sideOf({ decision, control, expected }: Foreseen, explain: boolean) {
  return {
    control,
    zones: decision.zones.map(({ zone, choices }) => ({
      zone: zone.key,
      offers: choices.map(({ evaluation, treatment }) => ({
        offer: evaluation.offer.key,
        treatment: treatment.key,
        propensity: evaluation.propensity,
        expected: expected(evaluation),
        priority: evaluation.priority,
        reason: reasonFor(evaluation),
      })),
    })),
    ...(explain && {
      candidates: decision.evaluations.map((evaluation) => ({
        offer: evaluation.offer.key,
        rule: evaluation.dropped,
        reason: reasonFor(evaluation),
      })),
    }),
  };
}
