import { createTestDatabase, ManualClock, type TestDatabase } from '@repartee/platform/testing';
import { newId } from '@repartee/platform';
import type { AdmittedEvent } from '../domain/admit-event.js';
import { ingestionMigrations } from './create-event-log.migration.js';
import { EventInbox } from './event-inbox.js';
import { ingestionEntities } from './ingestion.entities.js';
import { LogWriter } from './log-writer.js';
import { Quarantine } from './quarantine.js';
import { RefusedTexts } from './refused-texts.js';

const NOW = Date.UTC(2026, 10, 22, 10, 0, 0, 123);

const event = (messageId: string, more: Partial<AdmittedEvent> = {}): AdmittedEvent => ({
  id: newId(),
  lane: 7,
  source: 'shop',
  messageId,
  type: 'track',
  name: 'Say "hi" \\ 😀',
  occurredAt: NOW - 1,
  verified: true,
  traceparent: null,
  payload: '{"type":"track","event":"Say \\"hi\\"","properties":{"text":"a \\\\ and 😀"}}',
  ...more,
});

describe('EventInbox', () => {
  let db: TestDatabase;
  let inbox: EventInbox;

  const logged = () =>
    db.database.query<{ message_id: string; payload: unknown; occurred_at: Date; name: string }>(
      `SELECT message_id, payload, occurred_at, name FROM event_log JOIN event_pending USING (id, received_at) ORDER BY id`,
    );

  beforeEach(async () => {
    db = await createTestDatabase({ entities: ingestionEntities, migrations: ingestionMigrations });
    const clock = new ManualClock(NOW);
    const quarantine = new Quarantine(db.database, clock, new RefusedTexts());
    inbox = new EventInbox(db.database, new LogWriter(db.database, clock, quarantine));
  });
  afterEach(() => db.drop());

  it('keeps groups until they enter the log, as they were and in order', async () => {
    const events = [event('a'), event('b'), event('c')];
    await inbox.add(events.slice(0, 2));
    await inbox.add(events.slice(2));
    expect(await logged()).toEqual([]);
    expect(inbox.holds).toBe(true);
    expect(await inbox.move()).toBe(3);
    const rows = await logged();
    expect(rows.map((row) => row.message_id)).toEqual(['a', 'b', 'c']);
    expect(rows[0]).toMatchObject({ name: 'Say "hi" \\ 😀', occurred_at: new Date(NOW - 1) });
    expect(await inbox.move()).toBe(0);
    expect(inbox.holds).toBe(false);
  });

  it('logs a message once, however often and in however many groups it was sent', async () => {
    await inbox.add([event('a'), event('b')]);
    await inbox.add([event('b'), event('c')]);
    await inbox.move();
    await inbox.add([event('a')]);
    await inbox.move();
    expect((await logged()).map((row) => row.message_id)).toEqual(['a', 'b', 'c']);
  });

  it('moves a portion at a time', async () => {
    const group = (name: string) => Array.from({ length: 2000 }, (_, n) => event(`${name}${n}`));
    await inbox.add(group('x'));
    await inbox.add(group('y'));
    await inbox.add(group('z'));
    expect([await inbox.move(), await inbox.move(), await inbox.move()]).toEqual([4000, 2000, 0]);
    expect(await logged()).toHaveLength(6000);
  });

  it('moves what another process left, and events of two movers enter once', async () => {
    await inbox.add([event('a')]);
    const clock = new ManualClock(NOW);
    const other = new EventInbox(
      db.database,
      new LogWriter(db.database, clock, new Quarantine(db.database, clock, new RefusedTexts())),
    );
    const moved = await Promise.all([inbox.move(), other.move()]);
    expect(moved.reduce((a, b) => a + b, 0)).toBe(1);
    expect(await logged()).toHaveLength(1);
  });

  it('puts the one event that cannot be stored into quarantine and keeps the others', async () => {
    await inbox.add([event('good'), event('bad\u0000'), event('fine')]);
    while ((await inbox.move()) > 0);
    expect((await logged()).map((row) => row.message_id).sort()).toEqual(['fine', 'good']);
    expect(await db.database.query('SELECT code FROM quarantine')).toEqual([
      { code: 'INGESTION.INVALID_EVENT' },
    ]);
    expect(inbox.holds).toBe(false);
  });
});
