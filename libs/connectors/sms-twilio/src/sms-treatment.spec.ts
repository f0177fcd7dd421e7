import type { Action } from '@repartee/contracts';
import { chooseSender } from './choose-sender.js';
import { furnishText } from './furnish-text.js';
import { smsTreatment } from './index.js';
import { links } from './testing/connector-fixture.js';

const tools = { resources: undefined, signal: new AbortController().signal };
const compile = (content: unknown) => smsTreatment.compile(smsTreatment.schema.parse(content), tools);
const render = (body: string, data = {}) => smsTreatment.render({ body }, data).text;

describe('the treatment', () => {
  it('checks Liquid and says where it is wrong', async () => {
    expect(await compile({ body: 'Hello {{ profile.traits.name }}' })).toMatchObject({ ok: true });
    expect(await compile({ body: 'Hello {{ name | shout }}' })).toMatchObject({
      ok: false,
      failure: [{ pointer: '#/body', line: 1 }],
    });
    expect(smsTreatment.schema.safeParse({ body: '' }).success).toBe(false);
    expect(smsTreatment.schema.safeParse({ body: 'x', media: [] }).success).toBe(false);
  });

  it('renders text as text', () => {
    expect(render('Hi {{ name }} <b> & co', { name: '<Ann>' })).toBe('Hi <Ann> <b> & co');
    expect(render(' {{ name }}\r\nline\u0000\u0007 ', { name: 'a\ud800' })).toBe('a\ufffd\nline');
  });

  it('foretells segments and their price', () => {
    const estimate = (body: string, settings?: object) =>
      smsTreatment.estimate?.({ body }, settings as Record<string, unknown>);
    expect(estimate('Hello {{ name }}')).toMatchObject({ parts: 1, encoding: 'gsm-7' });
    expect(estimate('x'.repeat(153) + '{{ name }}')).toMatchObject({ parts: 2 });
    expect(estimate('Look: {{ links.click }}')).toMatchObject({ parts: 1 });
    expect(estimate('Grüße ☕')).toMatchObject({ parts: 1, encoding: 'ucs-2' });
    expect(estimate('x'.repeat(400), { pricePerSegment: 0.0079, priceCurrency: 'EUR' })).toMatchObject({
      parts: 3,
      cost: { amount: 0.0237, currency: 'EUR' },
    });
  });
});

describe('furniture', () => {
  const settings = { brand: 'Fieldnote', optOutText: 'Reply STOP to opt out.' };
  const furnish = (text: string, more: Partial<Action> = {}, sender: string | undefined = '+15005550006') =>
    furnishText(text, { class: 'marketing', links, ...more }, settings, sender);

  it('says whose it is and how to opt out', () => {
    expect(furnish('Tea is here')).toBe('Fieldnote: Tea is here\nReply STOP to opt out.');
    expect(furnish('Tea by FIELDNOTE. Txt STOP to end')).toBe('Tea by FIELDNOTE. Txt STOP to end');
    expect(furnish('Fieldnote never stops')).toBe('Fieldnote never stops\nReply STOP to opt out.');
    expect(furnish(`Fieldnote ${links.unsubscribe}`)).toBe(`Fieldnote ${links.unsubscribe}`);
  });

  it('leaves a transactional text alone', () => {
    expect(furnish('Your code is 1234', { class: 'transactional' })).toBe('Your code is 1234');
  });

  it('offers the link where nobody can answer', () => {
    expect(furnish('Fieldnote: tea. STOP', {}, 'FIELDNOTE')).toBe(
      `Fieldnote: tea. STOP\nUnsubscribe: ${links.unsubscribe}`,
    );
    expect(furnish('Fieldnote: tea', { links: {} }, 'FIELDNOTE')).toBeUndefined();
  });
});

describe('the pool', () => {
  const pool = ['+15005550001', '+15005550002', '+15005550003', '+15005550004'];
  const people = Array.from({ length: 400 }, (_, n) => `+1415555${String(n).padStart(4, '0')}`);
  const chosen = (senders: string[]) => people.map((one) => chooseSender(senders.join(', '), one));

  it('gives everybody one sender, and all senders their share', () => {
    const first = chosen(pool);
    expect(chosen(pool.toReversed())).toEqual(first);
    for (const sender of pool) expect(first.filter((one) => one === sender).length).toBeGreaterThan(60);
  });

  it('moves only those whose sender left', () => {
    const before = chosen(pool);
    const after = chosen(pool.slice(1));
    expect(after.filter((one, at) => before[at] !== pool[0] && one !== before[at])).toEqual([]);
  });
});
