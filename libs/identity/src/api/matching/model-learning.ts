import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Database } from '@repartee/platform';
import { type MatchRecord, valuesOf } from '../../domain/index.js';
import { MatchEdges } from '../../persistence/match-edges.js';
import { type ListedModel, MatchModelStore, type ModelPreview } from '../../persistence/match-model-store.js';
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
  ) {}

  /** Learns a draft. Nothing changes until it is published. */
  async learn(): Promise<Result<ListedModel>> {
    if (this.learning) return fail(failure('MATCHING.LEARNING', 'A model is being learned already.'));
    this.learning = true;
    try {
      const records = await this.read();
      if (records.length < 2)
        return fail(failure('MATCHING.NOTHING_TO_LEARN', 'No trusted source has said enough of people yet.'));
      const { model, clusters } = await learnInThread(records.map(toMatchRecord));
      return ok(await this.store.addDraft(model, await this.preview(records, clusters)));
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

  private async preview(records: readonly SourceRecord[], clusters: string[][]): Promise<ModelPreview> {
    const owners = await this.records.ownersOf(
      this.database,
      records.map(({ key }) => key),
    );
    const keyOf = new Map(records.map(({ id, key }) => [id, key]));
    const ownerOf = (id: string) => owners.get(keyOf.get(id) ?? '');
    const groups = clusters
      .map((ids) => [...new Set(ids.flatMap((id) => ownerOf(id) ?? []))])
      .filter((profiles) => profiles.length > 1);
    const clusterOf = new Map(clusters.flatMap((ids, index) => ids.map((id) => [id, index])));
    const { merge } = this.models.model.thresholds;
    const parted = new Set<string>();
    for await (const page of this.edges.all(this.database, merge, PAGE))
      for (const { recordA, recordB } of page) {
        const owner = ownerOf(recordA);
        const apart =
          clusterOf.get(recordA) === undefined || clusterOf.get(recordA) !== clusterOf.get(recordB);
        if (owner !== undefined && owner === ownerOf(recordB) && apart) parted.add(owner);
      }
    return {
      records: records.length,
      merges: groups.length,
      splits: parted.size,
      examples: { merges: groups.slice(0, EXAMPLES), splits: [...parted].slice(0, EXAMPLES) },
    };
  }
}

function toMatchRecord({ id, source, at, stated }: SourceRecord): MatchRecord {
  return { id, source, at, fields: valuesOf(stated) };
}
