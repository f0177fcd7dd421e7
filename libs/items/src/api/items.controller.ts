import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Inject,
  Patch,
  Post,
  Put,
  Res,
} from '@nestjs/common';
import { Allow } from '@repartee/access';
import {
  ApiDoc,
  BodyLimit,
  type HeaderWriter,
  orThrow,
  validate,
  ValidBody,
  ValidParams,
  ValidQuery,
  tagged,
  versionOf,
} from '@repartee/platform';
import { z } from 'zod';
import { itemSchema, readItems, type StoredItem, storedItemSchema } from '../domain/index.js';
import {
  itemKeySchema,
  type ItemKey,
  itemPageQuerySchema,
  type ItemPageQuery,
  itemPageSchema,
  toldSchema,
  upsertedSchema,
  type UpsertedItems,
  upsertQuerySchema,
  type UpsertQuery,
} from './item-schemas.js';
import { Items } from './items.js';
import { refusal, toldItems } from './told-items.js';

const LIMIT = 10 * 1024 * 1024;
const tags = ['Items'];
const documentSchema = z.looseObject({});
type Document = Record<string, unknown>;

/** What is sold: told by the shop, read by whoever decides and presents. */
@Controller('v1/items')
@Allow('server')
export class ItemsController {
  constructor(@Inject(Items) private readonly items: Items) {}

  @Post()
  @HttpCode(200)
  @BodyLimit(LIMIT)
  @ApiDoc({
    summary: 'Tell items: one, a list, or one a line (NDJSON)',
    description:
      'An item that is there is replaced. One item answers with itself and its `ETag`; a list with what came of it. All of a list is taken or nothing, unless `partial=true`: then the right items are, and `rejected` names the others.',
    tags,
    body: toldSchema,
    consumes: ['application/json', 'application/x-ndjson'],
    responses: { 200: z.union([storedItemSchema, upsertedSchema]) },
  })
  async upsert(
    @Body() body: unknown,
    @ValidQuery(upsertQuerySchema) { partial }: UpsertQuery,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<StoredItem | UpsertedItems> {
    if (typeof body === 'string' || Array.isArray(body)) return this.upsertAll(body, partial);
    const item = orThrow(validate(itemSchema, body));
    await this.items.upsert([item]);
    return answer(reply, orThrow(await this.items.get(item.id)));
  }

  @Get()
  @ApiDoc({ summary: 'Lists items by id', tags, responses: { 200: itemPageSchema } })
  list(@ValidQuery(itemPageQuerySchema) { cursor, limit, category }: ItemPageQuery) {
    return this.items.list({ cursor, limit, category: category ?? null });
  }

  @Get(':id')
  @ApiDoc({
    summary: 'One of the items, with its version as ETag',
    tags,
    responses: { 200: storedItemSchema },
  })
  async get(
    @ValidParams(itemKeySchema) { id }: ItemKey,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<StoredItem> {
    return answer(reply, orThrow(await this.items.get(id)));
  }

  @Put(':id')
  @ApiDoc({ summary: 'Replace an item', tags, body: itemSchema, responses: { 200: storedItemSchema } })
  async replace(
    @ValidParams(itemKeySchema) { id }: ItemKey,
    @ValidBody(documentSchema) document: Document,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<StoredItem> {
    const version = orThrow(versionOf(ifMatch));
    const item = orThrow(validate(itemSchema, { ...document, id }));
    return answer(reply, orThrow(await this.items.replace(item, version)));
  }

  @Patch(':id')
  @ApiDoc({
    summary: 'Change some of an item, as its stock',
    description:
      'A merge patch (RFC 7396): what it names replaces, null takes away. `If-Match` is heeded where it is sent; without it the last word counts.',
    tags,
    responses: { 200: storedItemSchema },
  })
  async patch(
    @ValidParams(itemKeySchema) { id }: ItemKey,
    @ValidBody(documentSchema) patch: Document,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: HeaderWriter,
  ): Promise<StoredItem> {
    const version = ifMatch === undefined ? null : orThrow(versionOf(ifMatch));
    return answer(reply, orThrow(await this.items.patch(id, patch, version)));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiDoc({ summary: 'Remove an item', tags, responses: { 204: null } })
  async remove(
    @ValidParams(itemKeySchema) { id }: ItemKey,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    orThrow(await this.items.remove(id, orThrow(versionOf(ifMatch))));
  }

  private async upsertAll(body: string | unknown[], partial: boolean): Promise<UpsertedItems> {
    const read = readItems(orThrow(toldItems(body)));
    if (read.rejected.length > 0 && !partial) orThrow(refusal(read));
    return { ...(await this.items.upsert(read.items)), rejected: read.rejected };
  }
}

function answer(reply: HeaderWriter, item: StoredItem): StoredItem {
  return tagged(reply, item, item.revision);
}
