import type { Story } from '../story/tell-story.js';
import { checksOf, type DemoResult } from './checks.js';
import { describeStand, Progress } from './progress.js';
import { summaryOf } from './summary.js';

describe('the progress', () => {
  it('says how far, how fast and how long still', () => {
    const stand = { label: 'Purchases', done: 12_500, total: 69_659, milliseconds: 4_000 };
    expect(describeStand(stand)).toBe('Purchases  12,500 of 69,659 (17 %)  3,125/s  19 s left');
    expect(describeStand({ ...stand, done: 0, milliseconds: 0 })).toBe('Purchases  0 of 69,659 (0 %)  0/s');
    expect(describeStand({ ...stand, done: 69_659, note: 'done' })).toMatch(
      /\(100 %\) {2}17,415\/s {2}done$/,
    );
  });

  it('leaves one line behind, on a terminal over what moved', async () => {
    const written: string[] = [];
    let time = 0;
    const screen = { moving: true, columns: 80, write: (text: string) => void written.push(text) };
    const progress = new Progress(screen, () => time);
    const answer = await progress.follow('Work', 2, async (advance) => {
      advance(2, 'busy');
      time = 500;
      return 42;
    });
    expect(answer).toBe(42);
    expect(written.at(-1)).toBe('\r\x1b[KWork  2 of 2 (100 %)  4/s  in 0.5 s\n');
  });
});

const standing = { place: 2, first: 'other', priority: 2.25, propensity: 0.15, reason: 'Not shown before.' };
const click = {
  customer: '00007',
  offer: 'demo-loyalty',
  subject: 'Two records on the house',
  answered: 302,
  openOnTimeline: true,
  clickOnTimeline: true,
  before: standing,
  after: { ...standing, place: 1, first: 'demo-loyalty', priority: 5.3, propensity: 0.36 },
};
const mailing = { id: '1', customer: '00007', status: 'accepted', reason: null, offer: 'demo-loyalty' };
const story: Story = {
  regulars: 1,
  mailed: { mailings: [mailing], mails: new Map(), arrived: 1, earlier: 0, problems: [] },
  click,
  seconds: 1,
};
const result: DemoResult = {
  sent: { events: 10, delivered: 10, lost: 0, seconds: 2 },
  verified: { customers: 3, right: 3, records: 3, differences: [], seconds: 1 },
  story,
  seconds: 5,
};
const failing = (change: Partial<DemoResult>) =>
  checksOf({ ...result, ...change }).filter(({ holds }) => !holds);

describe('the checks', () => {
  it('all hold when everything came true', () => {
    expect(failing({})).toEqual([]);
    expect(summaryOf(result).join('\n')).toContain('Everything held.');
    expect(summaryOf(result).join('\n')).toContain('place 2 behind other  priority 2.250  propensity 15.0 %');
  });

  it.each<[string, Partial<DemoResult>]>([
    ['an event was lost', { sent: { ...result.sent, delivered: 9, lost: 1, firstLoss: 'gone' } }],
    ['a record differs', { verified: { ...result.verified, right: 2, differences: ['customer 1'] } }],
    ['two customers share a record', { verified: { ...result.verified, records: 2 } }],
    ['there is no mailbox', { story: undefined }],
    ['a mail did not come', { story: { ...story, mailed: { ...story.mailed, problems: ['no mail'] } } }],
    [
      'the click is not on the timeline',
      { story: { ...story, click: { ...click, clickOnTimeline: false } } },
    ],
    ['the mail had no link', { story: { ...story, click: { ...click, answered: 0 } } }],
    ['the next decision is the same', { story: { ...story, click: { ...click, after: standing } } }],
    ['new mails are there and none was opened', { story: { ...story, click: undefined } }],
  ])('fail when %s', (_, change) => {
    expect(failing(change)).toHaveLength(1);
    expect(summaryOf({ ...result, ...change }).join('\n')).toMatch(/1 of \d checks failed/);
  });

  it('ask for no mail where none was due, and for no second one', () => {
    const none = { mailings: [], mails: new Map(), arrived: 0, earlier: 0, problems: [] };
    expect(failing({ story: { regulars: 0, mailed: none, seconds: 0 } })).toEqual([]);
    const before = { ...none, mailings: [mailing], earlier: 1 };
    expect(failing({ story: { regulars: 1, mailed: before, seconds: 0 } })).toEqual([]);
  });
});
