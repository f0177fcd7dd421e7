import type { MailFaults, TextFaults } from '../faults/faults.js';
import { callApi } from './api.js';
import { byId, element } from './element.js';
import { attempt, openRoom } from './frame.js';
import { t } from './texts.js';

type Values = Record<string, number>;

/** What one switch sets: all of it on, none of it off. */
interface Switch {
  name: string;
  label: string;
  detail: string;
  on: Values;
}

interface Provider {
  key: 'smtp' | 'twilio';
  title: string;
  /** What fails when the switch *failing* is on. */
  failing: Extract<keyof MailFaults | keyof TextFaults, 'tryLater' | 'serverError'>;
}

const PROVIDERS: readonly Provider[] = [
  { key: 'smtp', title: t.mailServer, failing: 'tryLater' },
  { key: 'twilio', title: t.textProvider, failing: 'serverError' },
];
const SLOW = 3_000;

const switchesOf = ({ failing }: Provider): Switch[] => [
  { name: 'slow', label: t.slow, detail: t.slowDetail, on: { latency: SLOW } },
  { name: 'failing', label: t.failing, detail: t.failingDetail, on: { [failing]: 1 } },
  { name: 'silent', label: t.silent, detail: t.silentDetail, on: { silentAfterAccept: 1 } },
];

function labelOf(fault: string): string {
  return t[fault as keyof typeof t] ?? fault;
}

function card(provider: Provider, faults: Values): HTMLElement {
  const change = (values: Values): void =>
    void attempt(() => callApi(`${provider.key}/faults`, 'PUT', values)).then(() => load(provider));
  return element(
    'section',
    { class: 'card', 'aria-labelledby': `title-${provider.key}`, 'data-testid': `faults-${provider.key}` },
    element('h2', { id: `title-${provider.key}` }, provider.title),
    ...switchesOf(provider).map((one) => switchLine(provider, one, faults, change)),
    element(
      'details',
      {},
      element('summary', {}, t.details),
      element(
        'div',
        { class: 'fault-fields' },
        ...Object.entries(faults).map((fault) => shareField(provider, fault, change)),
      ),
    ),
  );
}

function switchLine(
  { key }: Provider,
  { name, label, detail, on }: Switch,
  faults: Values,
  change: (values: Values) => void,
): HTMLElement {
  const id = `${key}-${name}`;
  const isOn = Object.keys(on).every((fault) => (faults[fault] ?? 0) > 0);
  const off = Object.fromEntries(Object.keys(on).map((fault) => [fault, 0]));
  const box = element('input', {
    type: 'checkbox',
    role: 'switch',
    id,
    'aria-describedby': `${id}-detail`,
    'data-testid': id,
    change: ({ target }) => change((target as HTMLInputElement).checked ? on : off),
  });
  box.checked = isOn;
  return element(
    'div',
    { class: 'switch' },
    box,
    element('label', { for: id }, label),
    element('p', { class: 'soft', id: `${id}-detail` }, detail),
  );
}

function shareField(
  { key }: Provider,
  [name, value]: [string, number],
  change: (values: Values) => void,
): HTMLElement {
  const time = name === 'latency';
  return element(
    'label',
    {},
    element('span', {}, labelOf(name)),
    element('input', {
      type: 'number',
      min: '0',
      max: time ? '60000' : '100',
      value: String(time ? value : Math.round(value * 100)),
      'data-testid': `${key}-fault-${name}`,
      change: ({ target }) => {
        const typed = Number((target as HTMLInputElement).value);
        change({ [name]: time ? typed : typed / 100 });
      },
    }),
    element('span', {}, time ? 'ms' : '%'),
  );
}

async function load(provider: Provider): Promise<void> {
  await attempt(async () => {
    const faults = await callApi<Values>(`${provider.key}/faults`);
    const place = byId(`provider-${provider.key}`);
    const focused = document.activeElement?.getAttribute('data-testid');
    const open = place.querySelector('details')?.open ?? false;
    place.replaceChildren(card(provider, faults));
    const details = place.querySelector('details');
    if (details) details.open = open;
    place.querySelector<HTMLElement>(`[data-testid="${focused ?? ''}"]`)?.focus();
  });
}

byId('room').replaceChildren(
  element(
    'div',
    { class: 'columns' },
    ...PROVIDERS.map(({ key }) => element('div', { id: `provider-${key}` })),
  ),
);
await Promise.all(PROVIDERS.map(load));
openRoom({});
