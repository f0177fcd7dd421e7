/** What can be measured on its own; without ceilings nothing is judged against them. */
export const PARTS = [
  'ceilings',
  'visibility',
  'decisions',
  'single',
  'batch',
  'arbitration',
  'learning',
  'identity',
  'dispatch',
  'handoff',
  'bulkhead',
  'latency',
  'desk',
] as const;
export type Part = (typeof PARTS)[number];

/** How much is measured, and for how long. */
export interface Plan {
  parts: readonly Part[];
  quick: boolean;
  rounds: number;
  /** Of one round, without its warm-up. */
  seconds: number;
  warmUpSeconds: number;
  watchSeconds: number;
  people: number;
  /** People who take part in the decisions of the busy hour; all others are known but elsewhere. */
  peopleInSession: number;
  connections: number;
  eventsPerSecond: number;
  probesPerSecond: number;
  /** Numbers of people that identity is measured with, and of the events of one round of full load. */
  identity: { few: number; many: number; processed: number };
  /** Messages of one round of dispatch. */
  actions: number;
  /** Mails of one round of hand-over. */
  mails: number;
  /** How long the core may take to process what it accepted. */
  patienceSeconds: number;
}

const full: Plan = {
  parts: PARTS,
  quick: false,
  rounds: 3,
  seconds: 5,
  warmUpSeconds: 2,
  watchSeconds: 10,
  people: 100_000,
  peopleInSession: 1_000,
  connections: 256,
  eventsPerSecond: 500,
  probesPerSecond: 20,
  actions: 50_000,
  mails: 3_000,
  patienceSeconds: 180,
  identity: { few: 10_000, many: 1_000_000, processed: 40_000 },
};

const quick: Plan = {
  ...full,
  quick: true,
  mails: 200,
  rounds: 1,
  seconds: 1,
  warmUpSeconds: 0.5,
  watchSeconds: 2,
  people: 2_000,
  peopleInSession: 500,
  actions: 2_000,
  patienceSeconds: 60,
  identity: { few: 500, many: 2_000, processed: 2_000 },
};

/** The whole bench must end within it. */
export const TIME_LIMIT_MS = 20 * 60_000;

const isPart = (name: string): name is Part => (PARTS as readonly string[]).includes(name);

/** `--quick` is a smoke run: every part works, the figures mean little. `--only=single,batch` leaves the other parts out. */
export function readPlan(args: readonly string[]): Plan {
  const plan = args.includes('--quick') ? quick : full;
  const only = args
    .find((arg) => arg.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',');
  const strange = args.filter((arg) => arg !== '--quick' && !arg.startsWith('--only='));
  const unknown = [...strange, ...(only ?? []).filter((name) => !isPart(name))];
  if (unknown.length > 0)
    throw new Error(`unknown: ${unknown.join(', ')}. Use --quick, --only=<some of ${PARTS.join(',')}>`);
  return only ? { ...plan, parts: only.filter(isPart) } : plan;
}
