import { EMPTY_BOOK, emptyRecord, type GoldenRecord, viewOf } from '../domain/index.js';
import { ProfileCache } from './profile-cache.js';

const record = (id: string, version = 1, email = `${id}@example.org`): GoldenRecord => ({
  ...emptyRecord(id),
  version,
  identifiers: [{ namespace: 'email', value: email, verified: true }],
});

const viewing = { stamp: 0, of: (record: GoldenRecord) => viewOf(record, EMPTY_BOOK, 0) };

describe('ProfileCache', () => {
  it('finds by id and by identifier', () => {
    const cache = new ProfileCache(viewing);
    const cached = cache.put(record('a'));
    expect(cache.get('a')).toBe(cached);
    expect(cache.find('email', 'a@example.org')).toBe(cached);
    expect(cached.view).toBe(cached.view);
  });

  it('shows a record anew when time has moved what it shows', () => {
    const moving = { ...viewing, stamp: 1 };
    const cached = new ProfileCache(moving).put(record('a'));
    const { view } = cached;
    moving.stamp = 2;
    expect(cached.view).not.toBe(view);
    expect(cached.view).toBe(cached.view);
  });

  it('keeps the newest state', () => {
    const cache = new ProfileCache(viewing);
    cache.put(record('a', 3));
    cache.put(record('a', 2));
    expect(cache.get('a')?.record.version).toBe(3);
  });

  it('forgets an identifier that moved to somebody else', () => {
    const cache = new ProfileCache(viewing);
    cache.put(record('a', 1, 'shared@example.org'));
    cache.put({ ...record('a', 2), identifiers: [] });
    expect(cache.find('email', 'shared@example.org')).toBeUndefined();
    cache.put(record('b', 1, 'shared@example.org'));
    expect(cache.find('email', 'shared@example.org')?.record.id).toBe('b');
  });

  it('does not bring back what changed elsewhere while it was read', () => {
    const cache = new ProfileCache(viewing);
    const started = cache.readStarted();
    cache.evict('a');
    cache.put(record('a', 1), started);
    expect(cache.get('a')).toBeUndefined();
    cache.put(record('a', 2), cache.readStarted());
    expect(cache.get('a')?.record.version).toBe(2);
  });

  it('lets go of what was not used for longest', () => {
    const cache = new ProfileCache(viewing, 2);
    cache.put(record('a'));
    cache.put(record('b'));
    cache.get('a');
    cache.put(record('c'));
    expect([cache.get('a'), cache.get('b'), cache.get('c')].map(Boolean)).toEqual([true, false, true]);
    expect(cache.find('email', 'b@example.org')).toBeUndefined();
  });
});
