import { Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, type HeaderWriter, tagged, type Transaction } from '@repartee/platform';
import { bodyOf, inForceAt, stepBetween, type CatalogueKind, type OfferDocument } from '../domain/index.js';
import { CatalogueStore, type StoredEntry, type StoredVersion } from '../persistence/index.js';

/** A zone, offer or treatment as it is read: the document and when it last changed. */
export interface CatalogueItem extends Record<string, unknown> {
  revision: number;
  updatedAt: string;
}

/** What one revision made of an entry. */
export interface CatalogueVersion {
  revision: number;
  at: string | null;
  /** Who wrote it; null where that was not noted. */
  by: string | null;
  step: string;
  /** Null: it was removed. */
  document: Record<string, unknown> | null;
}

/** Answers with an item and its version, which changes with every configuration that changes the item. */
export function taggedItem(reply: HeaderWriter, item: CatalogueItem): CatalogueItem {
  return tagged(reply, item, item.revision);
}

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Reads the catalogue as it is stored, fresh from the database, and as it is in force now. */
@Injectable()
export class CatalogueReader {
  constructor(
    private readonly store: CatalogueStore,
    private readonly clock: Clock,
  ) {}

  async list(
    kind: CatalogueKind,
    { cursor, limit }: { cursor: string; limit: number },
  ): Promise<Page<CatalogueItem>> {
    return this.page(await this.store.list(kind, cursor, limit + 1), limit);
  }

  /** Offers of which a change waits for somebody's yes. */
  async waiting({ cursor, limit }: { cursor: string; limit: number }): Promise<Page<CatalogueItem>> {
    return this.page(await this.store.waiting(cursor, limit + 1), limit);
  }

  /** Channels of the zones, by key; within a transaction as that sees them. */
  async zoneChannels(tx?: Transaction): Promise<ReadonlyMap<string, string>> {
    const zones = await this.store.zones(tx);
    return new Map(zones.map(({ key, channel }) => [key, channel]));
  }

  async get(kind: CatalogueKind, key: string): Promise<Result<CatalogueItem>> {
    const entry = await this.store.find(kind, key);
    return entry
      ? ok(itemOf(entry, this.clock.now()))
      : fail(failure('CATALOGUE.NOT_FOUND', `There is no ${kind} ${key}.`));
  }

  /** Every version of an entry, the latest first. */
  async history(
    kind: CatalogueKind,
    key: string,
    { before, limit }: { before: number | undefined; limit: number },
  ): Promise<Result<Page<CatalogueVersion>>> {
    const found = await this.store.history(kind, key, before ?? null, limit + 1);
    if (found.length === 0 && before === undefined)
      return fail(failure('CATALOGUE.NOT_FOUND', `There never was a ${kind} ${key}.`));
    const items = found.slice(0, limit).map((version, index) => versionOf(version, found[index + 1]));
    const more = found.length > limit ? String(items.at(-1)?.revision) : null;
    return ok({ items, nextCursor: more });
  }

  /** What an offer said by a version of the past. */
  async past(key: string, revision: number): Promise<Result<Record<string, unknown>>> {
    const [version] = await this.store.history('offer', key, revision + 1, 1);
    return version?.revision === revision && version.doc
      ? ok(bodyOf(version.doc))
      : fail(failure('CATALOGUE.UNKNOWN_VERSION', `The offer ${key} has no version ${revision}.`));
  }

  private page(found: readonly StoredEntry[], limit: number): Page<CatalogueItem> {
    const page = found.slice(0, limit);
    const now = this.clock.now();
    return {
      items: page.map((entry) => itemOf(entry, now)),
      nextCursor: found.length > limit ? (page.at(-1)?.key ?? null) : null,
    };
  }
}

function itemOf({ kind, doc, revision, updatedAt }: StoredEntry, now: number): CatalogueItem {
  const document = kind === 'offer' ? inForceAt(doc as OfferDocument, now) : doc;
  return { ...document, revision, updatedAt: updatedAt.toISOString() };
}

function versionOf(
  { revision, doc, at, by }: StoredVersion,
  before: StoredVersion | undefined,
): CatalogueVersion {
  const former = before?.doc ? inForceAt(before.doc as OfferDocument, at?.getTime() ?? 0) : null;
  const step = stepBetween(former, doc as OfferDocument | null);
  return { revision, at: at?.toISOString() ?? null, by, step, document: doc };
}
