import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import type { Item } from '../domain/index.js';
import { ItemStore, itemsEntities, itemsMigrations } from './index.js';

const item = (id: string, more: Partial<Item> = {}): Item => ({ id, name: id, ...more });

describe('the store of items', () => {
  let db: TestDatabase;
  let store: ItemStore;
  const tell = (items: Item[], now = 1000) =>
    db.database.transaction(async (tx) => {
      await store.hold(tx);
      return store.upsert(tx, items, now);
    });
  const remove = (id: string, now = 1000) =>
    db.database.transaction(async (tx) => {
      await store.hold(tx);
      await store.remove(tx, id, now);
    });

  beforeAll(async () => {
    db = await createTestDatabase({ entities: itemsEntities, migrations: itemsMigrations });
    store = new ItemStore(db.database);
  });
  beforeEach(() => db.database.query('DELETE FROM item'));
  afterAll(() => db.drop());

  it('has migrations that agree with the entities', async () => {
    const { upQueries } = await db.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('says what is new, what changed, and what was known already', async () => {
    expect(await tell([item('a'), item('b')])).toEqual({ created: 2, updated: 0, unchanged: 0 });
    const before = await store.revision();
    expect(await tell([item('a')])).toEqual({ created: 0, updated: 0, unchanged: 1 });
    expect(await store.revision()).toBe(before);
    expect(await tell([item('a', { stock: 3 }), item('b'), item('c')])).toEqual({
      created: 1,
      updated: 1,
      unchanged: 1,
    });
    expect(await store.find('a')).toMatchObject({ doc: item('a', { stock: 3 }), revision: before + 1 });
  });

  it('lists page by page in the order of bytes, by category and below it', async () => {
    await tell([
      item('b', { category: 'Drinks' }),
      item('B', { category: 'Drinks > Tea' }),
      item('a', { category: 'Drinksware' }),
      item('ä'),
    ]);
    const ids = async (cursor: string, limit: number, category: string | null) =>
      (await store.list(cursor, limit, category)).map(({ id }) => id);
    expect(await ids('', 10, null)).toEqual(['B', 'a', 'b', 'ä']);
    expect(await ids('B', 2, null)).toEqual(['a', 'b']);
    expect(await ids('', 10, 'Drinks')).toEqual(['B', 'b']);
    expect(await ids('', 10, 'Drinks > Tea')).toEqual(['B']);
  });

  it('lets others follow every change by pages, removals too, until they are tidied away', async () => {
    const start = await store.revision();
    await tell([item('a'), item('b'), item('c')]);
    await remove('b');
    const seen: [string, boolean][] = [];
    let at = { revision: start, id: '\uffff' };
    for (
      let page = await store.changedAfter(at, 2);
      page.length > 0;
      page = await store.changedAfter(at, 2)
    ) {
      for (const row of page) seen.push([row.id, row.doc !== null]);
      at = page.at(-1)!;
    }
    expect(seen).toEqual([
      ['a', true],
      ['c', true],
      ['b', false],
    ]);
    expect(await store.find('b')).toBeNull();
    await store.tidy(1000);
    expect(await db.database.query('SELECT id FROM item')).toHaveLength(3);
    await store.tidy(1001);
    expect(await db.database.query('SELECT id FROM item')).toHaveLength(2);
  });

  it('gives revisions in the order of commits, however many write at once', async () => {
    const start = await store.revision();
    await Promise.all(Array.from({ length: 20 }, (_, index) => tell([item(`n${index}`)])));
    expect(await store.revision()).toBe(start + 20);
    const revisions = await db.database.query<{ revision: number }>('SELECT revision FROM item');
    expect(new Set(revisions.map(({ revision }) => revision)).size).toBe(20);
  });
});
