import type { Bench } from '../bench.js';
import { besideCore } from '../ceilings/beside-core.js';
import { call, type Core } from '../core.js';
import type { Ceiling } from '../figures.js';
import { HalfLoad } from './half-load.js';
import { CAPPED_FROM, largeCatalogue } from './large-catalogue.js';

const FEW = 100;
const MANY = 1_000;
/** Of the answers to one person's first decision that are answered to, so that there is something to learn from. */
const TAUGHT = 300;

interface Answer {
  zones: { offers: { token: string }[] }[];
}

const request = (n: number) => ({
  identifiers: { userId: `bench-${n}` },
  channel: 'web',
  zones: [{ zone: 'large.hero', count: 3 }],
  context: { device: n % 3 ? 'mobile' : 'desktop', basket: (n % 120) + 0.5 },
});

/** People answer to what they are shown: models have something to go by, contact policies something to count. */
async function teach(core: Core): Promise<void> {
  for (let person = 0; person < TAUGHT; person += 1) {
    const { zones } = await call<Answer>(core, 'POST', '/v1/decisions', request(person));
    const offers = zones.flatMap((zone) => zone.offers);
    if (offers.length === 0) throw new Error('the decision for a known person offers nothing');
    const responses = offers.flatMap(({ token }, place) => [
      { responseId: `shown-${person}-${place}`, token, type: 'impression' },
      ...((person + place) % 4 === 0
        ? [{ responseId: `click-${person}-${place}`, token, type: 'click' }]
        : []),
    ]);
    await call(core, 'POST', '/v1/responses', responses);
  }
}

/** Decisions with much to choose from: what a hundred offers cost, at full and at half load, and what a thousand do. */
export async function measureArbitration(bench: Bench, core: Core, databaseUrl: string): Promise<void> {
  const { seconds, warmUpSeconds, connections, peopleInSession } = bench.plan;
  const { server: key } = core.keys;
  const load = { port: core.port, request: 'arbitrate', key, people: peopleInSession, connections } as const;
  const measure = async (offers: number, goal: { against: string; atLeast: number }, ceiling?: Ceiling) => {
    await call(core, 'POST', '/v1/apply', largeCatalogue(offers));
    await teach(core);
    const title = `Decisions, ${offers.toLocaleString('en-US')} offers of 5 conditions, 3 zones, policies, caps, learnt`;
    bench.progress(title);
    const named = { key: `arbitration ${offers}`, title, unit: 'decisions/s', goal };
    await bench.throughput(named, core.child.pid, { ...load, seconds, warmUpSeconds }, { ceiling });
    return bench.figures.at(-1)?.value ?? NaN;
  };
  await besideCore(bench, core, { kind: 'nest' }, 'echo', async (noOp) => {
    const few = await measure(FEW, { against: 'Nest no-op', atLeast: 0.15 }, noOp?.rate);
    const halfLoad = new HalfLoad(bench, core, databaseUrl, few / 2);
    const title = `Decisions, ${FEW} offers, at half load, p99`;
    await halfLoad.measure({ key: 'arbitration p99', title, unit: 'ms', goal: { atMost: 10 } }, noOp);
    await call(core, 'POST', '/v1/apply', largeCatalogue(FEW, CAPPED_FROM.all));
    await halfLoad.measure({
      key: 'arbitration capped p99',
      title: `${title}, hard caps for all`,
      unit: 'ms',
    });
  });
  await measure(MANY, { against: `arbitration ${FEW}`, atLeast: 1 / 6 });
}
