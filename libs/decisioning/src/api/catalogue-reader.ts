import { Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import type { CatalogueKind } from '../domain/index.js';
import { CatalogueStore, type StoredEntry } from '../persistence/index.js';

/** A zone, offer or treatment as it is read: the document and when it last changed. */
export interface CatalogueItem extends Record<string, unknown> {
  revision: number;
  updatedAt: string;
}

/** What a controller needs of the reply. */
export interface HeaderWriter {
  header(name: string, value: string): unknown;
}

/** The version of an item as an entity tag (RFC 9110): it changes with every configuration that changes the item. */
export function etagOf(item: CatalogueItem): string {
  return `"${item.revision}"`;
}

/** Reads the catalogue as it is stored, fresh from the database. */
@Injectable()
export class CatalogueReader {
  constructor(private readonly store: CatalogueStore) {}

  async list(
    kind: CatalogueKind,
    { cursor, limit }: { cursor: string; limit: number },
  ): Promise<{ items: CatalogueItem[]; nextCursor: string | null }> {
    const found = await this.store.list(kind, cursor, limit + 1);
    const page = found.slice(0, limit);
    return { items: page.map(itemOf), nextCursor: found.length > limit ? (page.at(-1)?.key ?? null) : null };
  }

  async get(kind: CatalogueKind, key: string): Promise<Result<CatalogueItem>> {
    const entry = await this.store.find(kind, key);
    return entry ? ok(itemOf(entry)) : fail(failure('CATALOGUE.NOT_FOUND', `There is no ${kind} ${key}.`));
  }
}

function itemOf({ doc, revision, updatedAt }: StoredEntry): CatalogueItem {
  return { ...doc, revision, updatedAt: updatedAt.toISOString() };
}
