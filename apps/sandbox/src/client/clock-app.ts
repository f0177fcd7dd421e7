import { callApi } from './api.js';
import { byId, element } from './element.js';
import { attempt, openRoom, showTime, type HubTime } from './frame.js';
import { filled, t } from './texts.js';
import { exactTime, span } from './wording.js';

const STEPS: readonly (readonly [by: string, label: string])[] = [
  ['1h', t.anHour],
  ['24h', t.aDay],
  ['7d', t.aWeek],
  ['30d', t.aMonth],
];
/** Milliseconds ahead of the system, as last told. */
function toldAhead(): number {
  return Number(byId('hub-time').dataset['ahead'] ?? 0);
}

function tick(): void {
  const ahead = toldAhead();
  byId('system-time').textContent = exactTime(Date.now());
  byId('hub-time').textContent = exactTime(Date.now() + ahead);
  byId('ahead').textContent = ahead > 0 ? filled(t.ahead, { ahead: span(ahead) }) : t.onTime;
}

function take(time: HubTime): void {
  byId('hub-time').dataset['ahead'] = String(time.ahead);
  byId('steps').hidden = !time.movable;
  byId('fixed').hidden = time.movable;
  tick();
  void showTime(time);
}

async function forward(by: string): Promise<void> {
  await attempt(async () => {
    const time = await callApi<HubTime>('clock/forward', 'POST', { by });
    take(time);
    byId('moved').textContent = filled(t.moved, { time: exactTime(Date.parse(time.now)) });
  });
}

function steps(): HTMLElement {
  const other = element('input', {
    id: 'other-while',
    name: 'by',
    required: true,
    maxlength: '40',
    placeholder: t.customHint,
    'data-testid': 'forward-by',
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    void forward(other.value.trim());
  };
  return element(
    'form',
    { class: 'card form-row', id: 'steps', submit },
    ...STEPS.map(([by, label]) =>
      element(
        'button',
        { type: 'button', class: 'quiet', click: () => void forward(by), 'data-testid': `forward-${by}` },
        `+ ${label}`,
      ),
    ),
    element('label', { class: 'field' }, element('span', {}, t.custom), other),
    element('button', { type: 'submit', class: 'primary', 'data-testid': 'forward' }, t.forward),
  );
}

function face(label: string, id: string): HTMLElement {
  return element('div', {}, element('dt', {}, label), element('dd', { id, 'data-testid': id }));
}

byId('room').replaceChildren(
  element(
    'dl',
    { class: 'card clocks' },
    face(t.businessTime, 'hub-time'),
    face(t.systemTime, 'system-time'),
  ),
  element('p', { class: 'soft', id: 'ahead', 'data-testid': 'ahead' }),
  steps(),
  element('p', { class: 'soft', id: 'fixed', hidden: true }, t.notMovable),
  element('p', { class: 'done-line', id: 'moved', role: 'status' }),
);
tick();
setInterval(tick, 1000);
await attempt(async () => take(await callApi<HubTime>('clock')));
openRoom({});
