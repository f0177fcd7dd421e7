import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import {
  explainLink,
  explainMembers,
  type HeldRow,
  judgePair,
  type LinkExplanation,
  loadComponent,
  type MatchThresholds,
  type PairScore,
  type Partition,
  partition,
  spanKey,
} from './domain/index.js';
import { IdentityPolicies } from './identity-policies.js';
import { MatchModels } from './api/matching/match-models.js';
import { StreamingMatcher } from './api/matching/streaming-matcher.js';
import { GraphStore } from './persistence/graph-store.js';
import { ProfileAliases } from './persistence/profile-aliases.js';
import { SourceRecords } from './persistence/source-records.js';

/** What the records of two people say, compared field by field. */
export interface ExplainedMatch extends PairScore {
  /** Keys of the identifiers that the compared records are filed under. */
  a: string;
  b: string;
  words: string;
  thresholds: MatchThresholds;
  /** Version of the model. */
  model: string;
}

/** Why two profiles are, or are not, one person. */
export interface Explanation extends LinkExplanation {
  summary: string;
  /** The best pair of records; null where one side has none. */
  match: ExplainedMatch | null;
}

/** Explains why two ids are one person's, or are not, from what is known now. */
@Injectable()
export class IdentityExplainer {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(GraphStore) private readonly store: GraphStore,
    @Inject(ProfileAliases) private readonly aliases: ProfileAliases,
    @Inject(IdentityPolicies) private readonly policies: IdentityPolicies,
    @Inject(StreamingMatcher) private readonly matcher: StreamingMatcher,
    @Inject(SourceRecords) private readonly records: SourceRecords,
    @Inject(MatchModels) private readonly models: MatchModels,
  ) {}

  /** The ids may be of living profiles or of some that were merged away. */
  async explain(profileId: string, other: string): Promise<Explanation> {
    return this.database.transaction(async (tx) => {
      const survivors = await this.aliases.survivorsOf(tx, [profileId, other]);
      const living = [profileId, other].map((id) => survivors.get(id) ?? id);
      const rows = await this.store.rowsOf(tx, [...new Set(living)]);
      const merged = living[0] === living[1];
      const sideOf = (id: string, owner: string | undefined) =>
        rows.filter((row) => (merged ? row.originId === id : row.profileId === owner));
      const [left, right] = [sideOf(profileId, living[0]), sideOf(other, living[1])];
      const result = await this.parted(tx, [...left, ...right]);
      const nodes = (side: HeldRow[]) => side.map((row) => spanKey(row.key, row.since));
      const link = explainLink(result, nodes(left), nodes(right));
      const match = await this.compare(left, right);
      const samePerson = merged || link.samePerson;
      return { ...link, samePerson, summary: summaryOf({ ...link, samePerson }, match), match };
    });
  }

  /** Why the identifiers of one person are theirs. The id may be of one who was merged away. */
  async person(profileId: string): Promise<Pick<Explanation, 'links' | 'notFollowed'>> {
    return this.database.transaction(async (tx) => {
      const survivors = await this.aliases.survivorsOf(tx, [profileId]);
      const rows = await this.store.rowsOf(tx, [survivors.get(profileId) ?? profileId]);
      const result = await this.parted(tx, rows);
      return explainMembers(
        result,
        rows.map((row) => spanKey(row.key, row.since)),
      );
    });
  }

  /** Who is who among all that hangs together with some rows. */
  private async parted(tx: Transaction, rows: readonly HeldRow[]): Promise<Partition> {
    const keys = [...new Set(rows.map(({ key }) => key))];
    const reader = this.store.reader(tx, this.models.model.thresholds.suggest);
    const found = await loadComponent(reader, new Map(keys.map((key) => [key, null])), this.policies.all);
    const rules = await this.matcher.rules(tx, [...found.included]);
    return partition(found.component([]), this.policies.all, rules);
  }

  private async compare(left: HeldRow[], right: HeldRow[]): Promise<ExplainedMatch | null> {
    const of = (side: HeldRow[]) =>
      this.records.ofKeys(this.database, [...new Set(side.map(({ key }) => key))]);
    const { scorer, model } = this.models;
    let best: ExplainedMatch | null = null;
    const [ours, theirs] = [await of(left), await of(right)];
    for (const one of ours) {
      for (const two of theirs) {
        const score = judgePair(scorer, one.standard, two.standard);
        if (best && score.weight <= best.weight) continue;
        const words = verdictOf(score, model.thresholds);
        best = {
          ...score,
          a: one.key,
          b: two.key,
          words,
          thresholds: model.thresholds,
          model: model.version,
        };
      }
    }
    return best;
  }
}

function verdictOf({ weight, probability }: PairScore, { merge, suggest }: MatchThresholds): string {
  const odds = `${weight.toFixed(1)} bits (probability ${probability.toFixed(4)})`;
  if (weight >= merge) return `The records are alike: ${odds}, and ${merge} are enough.`;
  if (weight >= suggest) return `The records may be one person’s: ${odds}; a person should look.`;
  return `The records are not alike: ${odds}, and ${merge} would be enough.`;
}

function summaryOf(link: LinkExplanation, match: ExplainedMatch | null): string {
  const { samePerson, links, notFollowed } = link;
  if (samePerson) return ['One person.', ...links.map(({ words }) => words)].join(' ');
  const [reason] = notFollowed;
  if (reason) return `Two people. ${reason.words}`;
  return `Two people. Nothing that was said links them.${match ? ` ${match.words}` : ''}`;
}
