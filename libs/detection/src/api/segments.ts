import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { AuditLog } from '@repartee/governance';
import { Clock, Database } from '@repartee/platform';
import { TraitBooks, type TraitWriting } from '@repartee/profile';
import {
  checkSegmentRules,
  computedTypes,
  EMPTY_SECTION,
  type SegmentDocument,
  type TraitDefinition,
} from '@repartee/profile/domain';
import { SegmentMembers } from '../persistence/segment-members.js';
import { SegmentWalk } from '../persistence/segment-walk.js';
import type { SegmentView } from './segment-schemas.js';

/** One change of one segment. */
interface Edit {
  key: string;
  /** What it becomes; undefined: it goes. */
  document?: SegmentDocument;
  /** The version the caller has seen; null: there is none yet. */
  version: number | null;
  actor: string;
}

/** The segments in force, with how many people they have; and one at a time, their changes. */
@Injectable()
export class Segments {
  constructor(
    @Inject(TraitBooks) private readonly books: TraitBooks,
    @Inject(SegmentMembers) private readonly members: SegmentMembers,
    @Inject(SegmentWalk) private readonly walk: SegmentWalk,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Some in the order of their keys, after one of them. */
  async list(after: string | undefined, limit: number): Promise<SegmentView[]> {
    const following = segmentsIn(this.books.list()).filter(({ key }) => after === undefined || key > after);
    return this.views(following.slice(0, limit));
  }

  /** Fails with SEGMENT.NOT_FOUND. */
  async get(key: string): Promise<Result<SegmentView>> {
    const found = find(this.books.list(), key);
    if (!found) return fail(unknown(key));
    const [view] = await this.views([found]);
    return ok(view!);
  }

  /** Fails with SEGMENT.EXISTS or SEGMENT.REFUSED. */
  create(document: SegmentDocument, actor: string): Promise<Result<SegmentView>> {
    return this.write({ key: document.key, document, version: null, actor });
  }

  /** Fails with SEGMENT.NOT_FOUND, SEGMENT.REFUSED or HTTP.PRECONDITION_FAILED. */
  replace(document: SegmentDocument, version: number, actor: string): Promise<Result<SegmentView>> {
    return this.write({ key: document.key, document, version, actor });
  }

  /** Fails with SEGMENT.NOT_FOUND or HTTP.PRECONDITION_FAILED. */
  remove(key: string, version: number, actor: string): Promise<Result<void>> {
    return this.edit({ key, version, actor });
  }

  private async write(edit: Edit & { document: SegmentDocument }): Promise<Result<SegmentView>> {
    const [issue] = checkSegmentRules([edit.document], computedTypes(this.books.computed()));
    if (issue) {
      const errors = [{ pointer: '#/when', detail: issue.message }];
      return fail(failure('SEGMENT.REFUSED', issue.message, { errors }));
    }
    const done = await this.edit(edit);
    return done.ok ? this.get(edit.key) : done;
  }

  private async edit(edit: Edit): Promise<Result<void>> {
    const { key, document, actor } = edit;
    const section = { ...EMPTY_SECTION, segment: document ? [document] : [] };
    await this.audit.prepare();
    const done = await this.database.attempt(async (tx) => {
      const detail = { step: stepOf(edit), ...document };
      const entry = { actor, action: 'configure' as const, subject: `segment/${key}`, detail };
      await this.audit.record(tx, [{ ...entry, at: this.clock.now() }]);
      let conflict = null as Result<never> | null;
      const writing: TraitWriting = {
        prune: false,
        removed: document ? [] : [`segment/${key}`],
        check: (held) => {
          conflict = conflictOf(edit, find(held, key));
        },
      };
      // Last: from here to the commit, nobody else writes golden records.
      await this.books.apply(tx, section, writing);
      return conflict ?? ok(undefined);
    });
    if (done.ok) await this.books.reload();
    return done;
  }

  private async views(definitions: readonly SegmentDefinition[]): Promise<SegmentView[]> {
    const [sizes, walk] = await Promise.all([this.members.sizes(), this.walk.progress()]);
    const { running, done, total } = walk;
    return definitions.map(({ document, revision }) => ({
      ...document,
      version: revision,
      members: sizes.get(document.key) ?? 0,
      complete: this.members.isComplete({ revision }, walk.complete),
      progress: running ? { done, total } : null,
    }));
  }
}

type SegmentDefinition = TraitDefinition & { document: SegmentDocument };

function segmentsIn(definitions: readonly TraitDefinition[]): SegmentDefinition[] {
  return definitions
    .filter((one): one is SegmentDefinition => one.kind === 'segment')
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function find(definitions: readonly TraitDefinition[], key: string): SegmentDefinition | undefined {
  return segmentsIn(definitions).find((one) => one.key === key);
}

function unknown(key: string) {
  return failure('SEGMENT.NOT_FOUND', `There is no segment ${key}.`);
}

function stepOf({ document, version }: Edit): string {
  if (!document) return 'remove';
  return version === null ? 'create' : 'replace';
}

function conflictOf({ key, version }: Edit, held: SegmentDefinition | undefined): Result<never> | null {
  if (version === null)
    return held ? fail(failure('SEGMENT.EXISTS', `There is a segment ${key} already.`)) : null;
  if (!held) return fail(unknown(key));
  if (held.revision === version) return null;
  return fail(failure('HTTP.PRECONDITION_FAILED', `The present version is "${held.revision}".`));
}
