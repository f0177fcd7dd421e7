import { Controller, Delete, Get, HttpCode, Inject, Put } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { ApiDoc, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import type { z } from 'zod';
import { parseSchedule } from '../../domain/imports/schedule.js';
import { type Feed, FeedStore } from '../../persistence/imports/feed-store.js';
import { FeedWatcher } from '../../persistence/imports/feed-watcher.js';
import {
  feedPageSchema,
  feedSchema,
  keyListSchema,
  keyParamsSchema,
  newFeedSchema,
} from './import-schemas.js';
import { ImportSettings } from './import-settings.js';

type Key = z.output<typeof keyParamsSchema>;
type NewFeedBody = z.output<typeof newFeedSchema>;

/** Folders that are watched for files. Administrators say which. */
@Controller('v1/import-feeds')
export class ImportFeedsController {
  constructor(
    @Inject(FeedStore) private readonly store: FeedStore,
    @Inject(FeedWatcher) private readonly watcher: FeedWatcher,
    @Inject(ImportSettings) private readonly settings: ImportSettings,
  ) {}

  @Get()
  @Allow('admin', { scope: 'imports:read' })
  @ApiDoc({ summary: 'Watched folders by key', tags: ['Imports'], responses: { 200: feedPageSchema } })
  async list(@ValidQuery(keyListSchema) { cursor, limit }: z.output<typeof keyListSchema>) {
    const found = await this.store.list({ after: cursor, limit: limit + 1 });
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.key ?? null) : null };
  }

  @Get(':key')
  @Allow('admin', { scope: 'imports:read' })
  @ApiDoc({ summary: 'One watched folder', tags: ['Imports'], responses: { 200: feedSchema } })
  async one(@ValidParams(keyParamsSchema) { key }: Key) {
    return orThrow(found(await this.store.get(key)));
  }

  @Put(':key')
  @Allow('admin', { scope: 'imports:write' })
  @ApiDoc({
    summary: 'Watch a folder below REPARTEE_IMPORT_DIR',
    description:
      'New files are imported once, by their content, and move to `done` or `failed` with a report beside.',
    tags: ['Imports'],
    responses: { 200: feedSchema },
  })
  async put(
    @ValidParams(keyParamsSchema) { key }: Key,
    @ValidBody(newFeedSchema) body: NewFeedBody,
    @Caller() caller: Principal,
  ) {
    const { folder, pattern, schedule, enabled } = body;
    const read = parseSchedule(schedule);
    if (!read.ok) return orThrow(fail(failure('IMPORT.INVALID_FEED', read.failure)));
    const mapping = orThrow(
      typeof body.mapping === 'string'
        ? await this.settings.mapping(body.mapping)
        : this.settings.checked(body.mapping),
    );
    const source = orThrow(this.settings.source(caller, body.source));
    const feed = { key, folder, pattern, schedule, source, mapping, enabled };
    return this.store.put(feed, this.watcher.nextLook(schedule));
  }

  @Delete(':key')
  @HttpCode(204)
  @Allow('admin', { scope: 'imports:write' })
  @ApiDoc({ summary: 'Watch a folder no longer', tags: ['Imports'] })
  async remove(@ValidParams(keyParamsSchema) { key }: Key): Promise<void> {
    if (!(await this.store.remove(key))) orThrow(found(undefined));
  }
}

function found(feed: Feed | undefined): Result<Feed> {
  return feed ? ok(feed) : fail(failure('IMPORT.FEED_NOT_FOUND', 'No folder is watched under this key.'));
}
