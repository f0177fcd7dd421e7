/** The steps of the guided story, in their order. */
export const storySteps = ['look', 'leave', 'text', 'call', 'agent', 'agree', 'pick'] as const;
export type StoryStep = (typeof storySteps)[number];

/** How far the story is. */
export interface Story {
  /** ISO 8601, business time: what happened before does not count. */
  since: string;
  /** Who it is about. */
  person: { name: string; email: string; phone: string };
  steps: { step: StoryStep; done: boolean; fact: string | null }[];
}

/** Something of a person's timeline, as far as the story looks at it. */
export interface StoryEntry {
  at: string;
  kind: string;
  data: Record<string, unknown>;
}

/** What is looked at to tell how far the story is. */
export interface StoryFacts {
  entries: readonly StoryEntry[];
  /** Texts on her phone since the story began. */
  texts: readonly string[];
  /** Her calls since the story began. */
  calls: readonly { state: string; agent: string | null }[];
}

/** The fact that shows that a step has happened; undefined while it has not. */
type Evidence = (facts: StoryFacts) => string | undefined;

const CAMERA = 'camera-kept';
const PICKUP = 'camera-pickup';

const evidence: Readonly<Record<StoryStep, Evidence>> = {
  look: ({ entries }) => {
    const viewed = entries.find(
      ({ data }) => data['name'] === 'Product Viewed' && propertyOf(data, 'category') === 'cameras',
    );
    return viewed && propertyOf(viewed.data, 'name');
  },
  leave: ({ entries }) =>
    entries.some(
      ({ kind, data }) => kind === 'decision' && data['offer'] === CAMERA && data['channel'] === 'sms',
    )
      ? CAMERA
      : undefined,
  text: ({ texts }) => texts.at(-1),
  call: ({ calls }) => (calls.length > 0 ? 'call' : undefined),
  agent: ({ calls, entries }) =>
    calls.find(({ agent }) => agent !== null)?.agent ?? answeredOn(entries, 'call_center'),
  agree: ({ entries }) => acceptedOn(entries, 'call_center', CAMERA),
  pick: ({ entries }) => acceptedOn(entries, 'kiosk', PICKUP),
};

/** Which steps have happened. A later step shows that those before it did, whatever traces they left. */
export function stepsOf(facts: StoryFacts): Story['steps'] {
  const found = storySteps.map((step) => evidence[step](facts));
  return storySteps.map((step, index) => ({
    step,
    done: found.slice(index).some((fact) => fact !== undefined),
    fact: found[index] ?? null,
  }));
}

function answeredOn(entries: readonly StoryEntry[], channel: string): string | undefined {
  const answered = entries.some(({ kind, data }) => kind === 'response' && data['channel'] === channel);
  return answered ? channel : undefined;
}

function acceptedOn(entries: readonly StoryEntry[], channel: string, offer: string): string | undefined {
  const accepted = entries.some(
    ({ kind, data }) =>
      kind === 'response' &&
      data['type'] === 'accept' &&
      data['channel'] === channel &&
      data['offer'] === offer,
  );
  return accepted ? offer : undefined;
}

function propertyOf(data: StoryEntry['data'], name: string): string | undefined {
  const value = (data['properties'] as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}
