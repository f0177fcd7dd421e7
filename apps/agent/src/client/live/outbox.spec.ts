import { type Delivered, type Errand, Outbox } from './outbox.js';

function storage() {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}

const errand = (id: string): Errand => ({ id, path: '/v1/x', body: { id }, about: 'call' });

function outbox(answers: Delivered[], kept = storage()) {
  const told: string[] = [];
  const refused: string[] = [];
  const box = new Outbox({
    storage: kept,
    key: 'box',
    deliver: ({ id }) => {
      told.push(id);
      return Promise.resolve(answers.shift() ?? { done: true });
    },
    onRefused: (one, { code }) => refused.push(`${one.id} ${code}`),
    onChange: () => undefined,
  });
  return { box, told, refused, kept };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('what is kept for the hub', () => {
  it('is told in order, and gone then', async () => {
    const { box, told, kept } = outbox([]);
    box.add(errand('a'));
    box.add(errand('b'));
    await settled();
    expect(told).toEqual(['a', 'b']);
    expect(kept.held.size).toBe(0);
  });

  it('waits while the hub cannot be reached, also for the next page', async () => {
    const first = outbox([{ later: true }]);
    first.box.add(errand('a'));
    first.box.add(errand('b'));
    await settled();
    expect(first.kept.held.get('box')).toContain('"a"');
    const next = outbox([], first.kept);
    await next.box.flush();
    expect(next.told).toEqual(['a', 'b']);
    expect(first.kept.held.size).toBe(0);
  });

  it('is said to be refused, and does not hold up the rest', async () => {
    const { box, told, refused } = outbox([{ refused: { code: 'CALL.OUTCOME_GIVEN', detail: '' } }]);
    box.add(errand('a'));
    box.add(errand('b'));
    await settled();
    expect(told).toEqual(['a', 'b']);
    expect(refused).toEqual(['a CALL.OUTCOME_GIVEN']);
  });
});
