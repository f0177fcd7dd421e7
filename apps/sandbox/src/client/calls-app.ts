import type { SimulatedCall } from '../calls/call.js';
import { callApi } from './api.js';
import { byId, element, note } from './element.js';
import { attempt, openRoom } from './frame.js';
import { filled, t } from './texts.js';
import { clockTime } from './wording.js';

/** A customer of the demo shop, whose number is known. */
interface Customer {
  name: string;
  phone: string;
}

/** A queue of the demonstration, and where calls go on to. */
const QUEUES = ['calls', 'sales', 'support'];

/** Numbers by what they are called in the list; numbers that several have are one line. */
async function knownNumbers(): Promise<[label: string, number: string][]> {
  const answer = await fetch('/shop/api/customers').catch(() => undefined);
  if (!answer?.ok) return [];
  const { items } = (await answer.json()) as { items: Customer[] };
  const names = new Map<string, string[]>();
  for (const { name, phone } of items) names.set(phone, [...(names.get(phone) ?? []), name]);
  return [...names].map(([number, [first = '', ...others]]) => [
    others.length > 0 ? `${t.sharedNumber}: ${[first, ...others].join(', ')}` : `${first}, ${number}`,
    number,
  ]);
}

function field(label: string, control: HTMLElement): HTMLElement {
  return element('label', { class: 'field' }, element('span', {}, label), control);
}

function queueChoice(id: string): HTMLSelectElement {
  return element('select', { id }, ...QUEUES.map((queue) => element('option', { value: queue }, queue)));
}

async function ringForm(): Promise<HTMLElement> {
  const known = await knownNumbers();
  const who = element(
    'select',
    { id: 'who', 'data-testid': 'who' },
    ...known.map(([label, number]) => element('option', { value: number }, label)),
    element('option', { value: '' }, t.withheld),
    element('option', { value: 'other' }, t.otherNumber),
  );
  const other = element('input', {
    id: 'other',
    type: 'tel',
    pattern: '\\+[1-9][0-9]{6,14}',
    placeholder: '+15005550100',
    'data-testid': 'other-number',
  });
  const otherField = field(t.number, other);
  const queue = queueChoice('queue');
  const follow = (): void => {
    otherField.hidden = who.value !== 'other';
    other.required = who.value === 'other';
  };
  who.addEventListener('change', follow);
  follow();
  const submit = (event: Event): void => {
    event.preventDefault();
    const number = who.value === 'other' ? other.value : who.value || null;
    void attempt(() => callApi('calls', 'POST', { number, queue: queue.value })).then(load);
  };
  return element(
    'form',
    { class: 'card form-row', submit },
    field(t.whoCalls, who),
    otherField,
    field(t.queue, queue),
    element('button', { type: 'submit', class: 'primary', 'data-testid': 'ring' }, t.ring),
  );
}

function card(call: SimulatedCall, agents: readonly string[]): HTMLElement {
  const act =
    (verb: string, body: object = {}) =>
    (): void =>
      void attempt(() => callApi(`calls/${call.id}/${verb}`, 'POST', body)).then(load);
  const button = (name: string, label: string, click: () => void, kind = 'quiet') =>
    element('button', { type: 'button', class: kind, click, 'data-testid': name }, label);
  const others = QUEUES.filter((queue) => queue !== call.queue);
  return element(
    'li',
    { class: 'card call', 'data-state': call.state, 'data-testid': 'call', 'data-call': call.id },
    element(
      'div',
      {},
      element('strong', {}, call.number ?? t.withheld),
      element('span', { class: 'soft' }, ` · ${call.queue}`),
      element('p', { class: 'call-state' }, wordsOf(call)),
      element('p', { class: 'soft call-time', 'data-since': sinceOf(call) }, timeOf(call)),
    ),
    element(
      'div',
      { class: 'actions' },
      ...(call.state === 'ringing'
        ? agents.map((agent, index) =>
            button(
              index === 0 ? 'answer-call' : `answer-call-${index + 1}`,
              agents.length > 1 ? `${t.answerCall}: ${agent.split('@')[0]}` : t.answerCall,
              act('answer', { agent }),
              index === 0 ? 'primary' : 'quiet',
            ),
          )
        : []),
      ...(call.state === 'ended'
        ? []
        : [
            ...others.map((queue) =>
              button(`transfer-${queue}`, `${t.transfer}: ${queue}`, act('transfer', { queue })),
            ),
            button('hang-up', t.hangUp, act('hang-up'), 'quiet danger'),
          ]),
    ),
  );
}

function wordsOf({ state, agent }: SimulatedCall): string {
  if (state === 'answered') return filled(t.answered, { agent: agent ?? '' });
  return state === 'ringing' ? t.ringing : t.ended;
}

/** Since when its time runs; nothing where it stands still. */
function sinceOf({ state, startedAt, answeredAt }: SimulatedCall): string | undefined {
  if (state === 'ended') return undefined;
  return `${state}:${state === 'answered' ? answeredAt : startedAt}`;
}

function timeOf({ state, startedAt, answeredAt, endedAt }: SimulatedCall): string {
  const now = Date.now();
  if (state === 'answered') return filled(t.talks, { time: clockTime(now - (answeredAt ?? now)) });
  if (state === 'ringing') return filled(t.waits, { time: clockTime(now - startedAt) });
  return filled(t.waited, { time: clockTime((answeredAt ?? endedAt ?? now) - startedAt) });
}

/** The queue times go on without asking anybody. */
function tick(): void {
  for (const line of document.querySelectorAll<HTMLElement>('[data-since]')) {
    const [state, since] = (line.dataset['since'] ?? '').split(':');
    const time = clockTime(Date.now() - Number(since));
    line.textContent = filled(state === 'answered' ? t.talks : t.waits, { time });
  }
}

/** Who may answer: the agents of the demonstration, by the address they sign in with; else somebody of the sandbox. */
async function agentsHere(): Promise<string[]> {
  const { items } = await accounts();
  const agents = items.map(({ email }) => email).filter((email) => /agent/.test(email));
  return agents.length > 0 ? agents : ['sandbox'];
}

function accounts(): Promise<{ items: { email: string }[] }> {
  return callApi<{ items: { email: string }[] }>('accounts').catch(() => ({ items: [] }));
}

/** One press signs this browser in and opens the desk. */
async function deskDoors(): Promise<HTMLElement> {
  const { items } = await accounts();
  const doors = items.map(({ email }) => {
    const enter = async (): Promise<void> => {
      if (await attempt(() => callApi('sign-in', 'POST', { email }))) open('/agent', '_blank');
    };
    const label = filled(t.openDeskAs, { email: email.split('@')[0] ?? email });
    return element('button', { type: 'button', class: 'quiet', click: () => void enter() }, label);
  });
  const door = element('a', { href: '/agent', target: '_blank', class: 'quiet' }, t.openDesk);
  return element('div', { class: 'actions doors' }, door, ...doors);
}

async function load(): Promise<void> {
  await attempt(async () => {
    const [{ items }, agents] = await Promise.all([
      callApi<{ items: SimulatedCall[] }>('calls'),
      agentsHere(),
    ]);
    byId('calls').replaceChildren(
      ...(items.length === 0
        ? [element('li', {}, note(t.noCallYet, t.noCallDetail))]
        : items.map((call) => card(call, agents))),
    );
  });
}

byId('room').replaceChildren(
  await ringForm(),
  await deskDoors(),
  element('ul', { class: 'cards', id: 'calls', 'data-testid': 'calls', 'aria-live': 'polite' }),
);
await load();
setInterval(tick, 1000);
openRoom({ calls: () => void load() });
