import { stepsOf, storySteps, type StoryFacts } from './story.js';

const viewed = (category: string) => ({
  at: '2027-01-01T10:00:00Z',
  kind: 'event',
  data: { name: 'Product Viewed', properties: { category, name: 'Field 35' } },
});
const response = (channel: string, offer: string, type = 'accept') => ({
  at: '2027-01-01T11:00:00Z',
  kind: 'response',
  data: { type, channel, offer },
});
const nothing: StoryFacts = { entries: [], texts: [], calls: [] };
const done = (facts: Partial<StoryFacts>) =>
  stepsOf({ ...nothing, ...facts }).flatMap((one) => (one.done ? [one.step] : []));

describe('the guided story', () => {
  it('begins with nothing done', () => expect(done({})).toEqual([]));

  it('is not begun by looking at coffee', () => expect(done({ entries: [viewed('coffee')] })).toEqual([]));

  it('knows which camera it was', () =>
    expect(stepsOf({ ...nothing, entries: [viewed('cameras')] })[0]).toEqual({
      step: 'look',
      done: true,
      fact: 'Field 35',
    }));

  it.each([
    [{ texts: ['It is kept for you'] }, 'text'],
    [{ calls: [{ state: 'ringing', agent: null }] }, 'call'],
    [{ calls: [{ state: 'answered', agent: 'bea' }] }, 'agent'],
    [{ entries: [response('call_center', 'saturday-cupping', 'impression')] }, 'agent'],
    [{ entries: [response('call_center', 'camera-kept')] }, 'agree'],
    [{ entries: [response('kiosk', 'camera-pickup')] }, 'pick'],
  ])('with %j it is at %s, and what comes before was', (facts, step) =>
    expect(done(facts)).toEqual(storySteps.slice(0, storySteps.indexOf(step as never) + 1)),
  );

  it('is not told by an agreement elsewhere', () =>
    expect(done({ entries: [response('web', 'camera-kept'), response('kiosk', 'fresh-grind')] })).toEqual(
      [],
    ));
});
