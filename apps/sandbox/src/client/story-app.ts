import type { SimulatedCall } from '../calls/call.js';
import type { Story, StoryStep } from '../story/story.js';
import { callApi } from './api.js';
import { byId, element } from './element.js';
import { attempt, openRoom, showTime, type HubTime } from './frame.js';
import { t } from './texts.js';

/** Steps tick themselves off; this often they are looked at. */
const LOOK_EVERY = 1_500;
const LEAVES_FOR = '61m';
const AGENT = 'agent@example.test';

type Action = { label: string; href: string } | { label: string; run: (story: Story) => Promise<unknown> };

const actions: Readonly<Record<StoryStep, (story: Story) => Action>> = {
  look: () => ({ label: t.lookAction, href: '/shop/sign-in?next=/c/cameras' }),
  leave: () => ({
    label: t.leaveAction,
    run: async () => showTime(await callApi<HubTime>('clock/forward', 'POST', { by: LEAVES_FOR })),
  }),
  text: ({ person }) => ({
    label: t.textAction,
    href: `/sandbox/phones/${encodeURIComponent(person.phone)}`,
  }),
  call: ({ person }) => ({
    label: t.callAction,
    run: () => callApi('calls', 'POST', { number: person.phone, queue: 'sales' }),
  }),
  agent: ({ person }) => ({ label: t.agentAction, run: () => answerAtDesk(person.phone) }),
  agree: () => ({ label: t.agentAction, href: '/agent' }),
  pick: () => ({ label: t.pickAction, href: '/kiosk' }),
};

/** The agent of the demonstration answers what rings from this number, at the desk in this browser. */
async function answerAtDesk(phone: string): Promise<void> {
  await callApi('sign-in', 'POST', { email: AGENT });
  const { items } = await callApi<{ items: SimulatedCall[] }>('calls');
  const call = items.find(({ number, state }) => number === phone && state === 'ringing');
  if (call) await callApi(`calls/${call.id}/answer`, 'POST', { agent: AGENT });
  open('/agent', 'desk');
}

function stepCard(story: Story, index: number): HTMLElement {
  const { step, done, fact } = story.steps[index] ?? { step: 'look', done: false, fact: null };
  const now = story.steps.findIndex((one) => !one.done) === index;
  const state = done ? 'done' : now ? 'now' : 'later';
  const said = { done: t.stepDone, now: t.stepNow, later: t.stepLater }[state];
  const action = actions[step](story);
  const attributes = { class: now ? 'primary' : 'quiet', 'data-testid': `do-${step}` };
  return element(
    'li',
    {
      class: 'card step',
      'data-state': state,
      'data-testid': `step-${step}`,
      'aria-current': now ? 'step' : undefined,
    },
    element('span', { class: 'step-mark', role: 'img', 'aria-label': said }),
    element('h2', {}, t[`${step}Step`]),
    element('p', { class: done && fact ? 'step-facts' : 'soft' }, done && fact ? fact : t[`${step}Detail`]),
    element(
      'div',
      { class: 'actions' },
      'href' in action
        ? element('a', { ...attributes, href: action.href, target: '_blank' }, action.label)
        : element(
            'button',
            { ...attributes, type: 'button', click: () => void attempt(() => action.run(story)).then(load) },
            action.label,
          ),
    ),
  );
}

async function load(): Promise<void> {
  await attempt(async () => {
    const story = await callApi<Story>('story');
    const told = JSON.stringify(story.steps);
    const list = byId('steps');
    // Only what changed is written anew: who is about to press a button finds it where it was.
    if (list.dataset['told'] === told) return;
    list.dataset['told'] = told;
    const focused = document.activeElement?.getAttribute('data-testid');
    list.replaceChildren(...story.steps.map((_, index) => stepCard(story, index)));
    list.querySelector<HTMLElement>(`[data-testid="${focused ?? ''}"]`)?.focus();
    byId('told').textContent = story.steps.every(({ done }) => done) ? t.storyDone : '';
  });
}

async function begin(): Promise<void> {
  await attempt(() => callApi('story/begin', 'POST'));
  await load();
}

byId('room').replaceChildren(
  element('ol', { class: 'steps', id: 'steps', 'data-testid': 'steps' }),
  element('p', { class: 'done-line', id: 'told', role: 'status', 'data-testid': 'told' }),
  element(
    'p',
    {},
    element(
      'button',
      { type: 'button', class: 'quiet', click: () => void begin(), 'data-testid': 'begin' },
      t.begin,
    ),
    element('span', { class: 'soft' }, ` ${t.beginDetail}`),
  ),
);
await load();
setInterval(() => void load(), LOOK_EVERY);
openRoom({ calls: () => void load(), phones: () => void load() });
