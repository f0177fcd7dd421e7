import { readArrival } from './arrival.js';

const reply = (deliveries: number) => `$JS.ACK.REPARTEE.a.${deliveries}.17.5.1700000000000000000.3`;
const withDomain = '$JS.ACK.hub.acct.REPARTEE.a.2.17.5.1700000000000000000.3.rand';
const event = { specversion: '1.0', id: 'x', source: '/them', type: 'a', data: 1 };
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const read = (data: Uint8Array, ack = reply(1), header?: string) =>
  readArrival(
    { subject: 'repartee.a', data, reply: ack, ...(header && { headers: { get: () => header } }) },
    'a',
    0,
  );

describe('readArrival', () => {
  it('counts the tries of the outbox and the deliveries of the server together', () => {
    const id = '018f0000-0000-7000-8000-000000000001';
    const arrival = read(bytes({ ...event, id }), reply(2), `${id} 3`);
    expect(arrival).toMatchObject({ deliveries: 2, message: { id, attempt: 5, lease: reply(2) } });
    expect(read(bytes(event), withDomain)).toMatchObject({ deliveries: 2 });
  });

  it('gives what others publish an id of their source and their id', () => {
    const id = (more: object) => read(bytes({ ...event, ...more })).message.id;
    expect(id({})).toBe(id({ data: 2 }));
    expect(new Set([id({}), id({ id: 'y' }), id({ source: '/us' })]).size).toBe(3);
  });

  it('takes nobody at their word who only says that it is ours', () => {
    const id = '018f0000-0000-7000-8000-000000000001';
    expect(read(Buffer.from('{"a'), reply(1), `${id} 0`).unreadable).toBe('it is not JSON');
    expect(read(bytes(null), reply(1), `${id} 0`).unreadable).toMatch(/CloudEvent/);
    expect(read(bytes(event), reply(1), 'nonsense').message.attempt).toBe(1);
  });

  it('says what is wrong with what it cannot read, and keeps the beginning of it', () => {
    expect(read(Buffer.from('{"a')).unreadable).toBe('it is not JSON');
    expect(read(bytes({ ...event, time: 'yesterday' })).unreadable).toMatch(/CloudEvent.*time/);
    const large = read(bytes({ ...event, data: 'x'.repeat(1_048_576) }));
    expect(large.unreadable).toMatch(/bytes/);
    expect(JSON.stringify(large.message.event).length).toBeLessThan(6_000);
  });
});
