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

/** What shows that a step has happened, in words where they say more than that; undefined while it has not. */
type Evidence = (facts: StoryFacts) => string | true | undefined;

const CAMERA = 'camera-kept';
/** Links are long and for her alone. */
const LINK = /https?:\S+ ?/g;
const PICKUP = 'camera-pickup';

const evidence: Readonly<Record<StoryStep, Evidence>> = {
  look: ({ entries }) => {
    const viewed = entries.find(
      ({ data }) => data['name'] === 'Product Viewed' && propertyOf(data, 'category') === 'cameras',
    );
    return viewed && (propertyOf(viewed.data, 'name') ?? true);
  },
  leave: ({ entries }) =>
    entries.some(
      ({ kind, data }) => kind === 'decision' && data['offer'] === CAMERA && data['channel'] === 'sms',
    ) || undefined,
  text: ({ texts }) => texts[0]?.replace(LINK, ''),
  call: ({ calls }) => calls.length > 0 || undefined,
  agent: ({ calls, entries }) =>
    calls.find(({ agent }) => agent !== null)?.agent ??
    (entries.some(({ kind, data }) => kind === 'response' && data['channel'] === 'call_center') || undefined),
  agree: ({ entries }) => acceptedOn(entries, 'call_center', CAMERA) || undefined,
  pick: ({ entries }) => acceptedOn(entries, 'kiosk', PICKUP) || undefined,
};

/** Which steps have happened. A later step shows that those before it did, whatever traces they left. */
export function stepsOf(facts: StoryFacts): Story['steps'] {
  const found = storySteps.map((step) => evidence[step](facts));
  return storySteps.map((step, index) => ({
    step,
    done: found.slice(index).some((fact) => fact !== undefined),
    fact: typeof found[index] === 'string' ? found[index] : null,
  }));
}

function acceptedOn(entries: readonly StoryEntry[], channel: string, offer: string): boolean {
  return entries.some(
    ({ kind, data }) =>
      kind === 'response' &&
      data['type'] === 'accept' &&
      data['channel'] === channel &&
      data['offer'] === offer,
  );
}

function propertyOf(data: StoryEntry['data'], name: string): string | undefined {
  const value = (data['properties'] as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}
