import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { DoNotContact } from '@repartee/governance';
import { Database } from '@repartee/platform';
import { type MatchRecord, valuesOf } from '../../domain/index.js';
import { MatchEdges } from '../../persistence/match-edges.js';
import {
  type ListedModel,
  MatchModelStore,
  type ModelPreview,
  withoutPeople,
} from '../../persistence/match-model-store.js';
import { type SourceRecord, SourceRecords } from '../../persistence/source-records.js';
import { learnInThread } from './learn-in-thread.js';
import { MatchModels } from './match-models.js';

/** Records that a model is learned from at most: the first by their ids, which are in the order of time. */
const MOST = 200_000;
const PAGE = 5_000;
const EXAMPLES = 20;

/** Learns models from what the customer's own sources say, without labels, and foretells what they would change. */
@Injectable()
export class ModelLearning {
  private learning = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SourceRecords) private readonly records: SourceRecords,
    @Inject(MatchEdges) private readonly edges: MatchEdges,
    @Inject(MatchModels) private readonly models: MatchModels,
    @Inject(MatchModelStore) private readonly store: MatchModelStore,
    @Inject(DoNotContact) private readonly doNotContact: DoNotContact,
  ) {}

  /** Learns a draft. Nothing changes until it is published. */
  async learn(): Promise<Result<ListedModel>> {
    if (this.learning) return fail(failure('MATCHING.LEARNING', 'A model is being learned already.'));
    this.learning = true;
    try {
      const records = await this.read();
      if (records.length < 2)
        return fail(failure('MATCHING.NOTHING_TO_LEARN', 'No trusted source has said enough of people yet.'));
      const people = await this.ownersOf(records);
      const { model, clusters } = await learnInThread({ records: records.map(toMatchRecord), people });
      return ok(await this.store.addDraft(model, await this.preview(people, records.length, clusters)));
    } finally {
      this.learning = false;
    }
  }

  private async read(): Promise<SourceRecord[]> {
    const records: SourceRecord[] = [];
    for (;;) {
      const page = await this.records.page(this.database, records.at(-1)?.id ?? null, PAGE);
      records.push(...page);
      if (page.length < PAGE || records.length >= MOST) return records;
    }
  }

  /** Whose each record is, by its id. */
  private async ownersOf(records: readonly SourceRecord[]): Promise<Map<string, string>> {
    const keys = records.map(({ key }) => key);
    const owners = await this.records.ownersOf(this.database, keys);
    return new Map(
      records.flatMap(({ id, key }) => {
        const owner = owners.get(key);
        return owner === undefined ? [] : [[id, owner] as const];
      }),
    );
  }

  private async preview(
    people: ReadonlyMap<string, string>,
    records: number,
    clusters: string[][],
  ): Promise<ModelPreview> {
    const groups = clusters
      .map((ids) => [...new Set(ids.flatMap((id) => people.get(id) ?? []))])
      .filter((profiles) => profiles.length > 1);
    const clusterOf = new Map(clusters.flatMap((ids, index) => ids.map((id) => [id, index])));
    const { merge } = this.models.model.thresholds;
    const parted = new Set<string>();
    for await (const page of this.edges.all(this.database, merge, PAGE))
      for (const { recordA, recordB } of page) {
        const owner = people.get(recordA);
        const apart =
          clusterOf.get(recordA) === undefined || clusterOf.get(recordA) !== clusterOf.get(recordB);
        if (owner !== undefined && owner === people.get(recordB) && apart) parted.add(owner);
      }
    // Learning takes a while: who was erased meanwhile is not named.
    const erased = (profileId: string) => this.doNotContact.isErasedProfile(profileId);
    return {
      records,
      merges: groups.length,
      splits: parted.size,
      examples: withoutPeople(
        { merges: groups.slice(0, EXAMPLES), splits: [...parted].slice(0, EXAMPLES) },
        erased,
      ),
    };
  }
}

function toMatchRecord({ id, source, at, stated }: SourceRecord): MatchRecord {
  return { id, source, at, fields: valuesOf(stated) };
}
