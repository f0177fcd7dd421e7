import { callApi } from './api.js';
import { byId, element, note } from './element.js';
import { attempt, openRoom } from './frame.js';
import { filled, t } from './texts.js';
import { shortDate } from './wording.js';

interface Device {
  id: string;
  name: string;
  place: string;
  lastSeenAt: string | null;
}

/** Kiosks show themselves rarely: asking now and then is enough. */
const LOOK_EVERY = 5_000;

function input(name: string, label: string, value: string, more: Record<string, string> = {}): HTMLElement {
  return element(
    'label',
    { class: 'field' },
    element('span', {}, label),
    element('input', {
      name,
      value,
      required: true,
      autocomplete: 'off',
      'data-testid': `kiosk-${name}`,
      ...more,
    }),
  );
}

function letInForm(): HTMLElement {
  const done = element('p', { class: 'done-line', role: 'status', 'data-testid': 'let-in-done' });
  const submit = (event: Event): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const body = Object.fromEntries(new FormData(form));
    void attempt(() => callApi('kiosks', 'POST', body)).then((in_) => {
      done.textContent = in_ ? t.isIn : '';
      if (in_) form.querySelector<HTMLInputElement>('[name=code]')?.setAttribute('value', '');
      return load();
    });
  };
  return element(
    'form',
    { class: 'card form-row', submit },
    input('code', t.code, '', {
      pattern: '[A-Za-z0-9]{4}-?[A-Za-z0-9]{4}',
      placeholder: 'BCDF-GHJK',
      maxlength: '9',
    }),
    input('name', t.name, t.kioskName, { maxlength: '100' }),
    input('place', t.place, t.kioskPlace, { maxlength: '100' }),
    element('button', { type: 'submit', class: 'primary', 'data-testid': 'let-in' }, t.letIn),
    done,
  );
}

function line({ id, name, place, lastSeenAt }: Device): HTMLElement {
  const remove = (): void => void attempt(() => callApi(`kiosks/${id}`, 'DELETE')).then(load);
  return element(
    'li',
    { class: 'card call', 'data-testid': 'device' },
    element(
      'div',
      {},
      element('strong', {}, name),
      element('span', { class: 'soft' }, ` · ${place}`),
      element(
        'p',
        { class: 'soft' },
        lastSeenAt ? filled(t.lastSeen, { time: shortDate(lastSeenAt) }) : t.neverSeen,
      ),
    ),
    element(
      'div',
      { class: 'actions' },
      element('button', { type: 'button', class: 'quiet danger', click: remove }, t.shutOut),
    ),
  );
}

async function load(): Promise<void> {
  await attempt(async () => {
    const { items } = await callApi<{ items: Device[] }>('kiosks');
    byId('devices').replaceChildren(
      ...(items.length === 0 ? [element('li', {}, note(t.noDevice, t.noDeviceDetail))] : items.map(line)),
    );
  });
}

byId('room').replaceChildren(
  element(
    'p',
    { class: 'card' },
    element(
      'a',
      { href: '/kiosk', target: '_blank', class: 'primary', 'data-testid': 'open-kiosk' },
      t.openKiosk,
    ),
    ` ${t.openKioskDetail}`,
  ),
  letInForm(),
  element('h2', {}, t.devices),
  element('ul', { class: 'cards', id: 'devices', 'data-testid': 'devices' }),
);
await load();
setInterval(() => void load(), LOOK_EVERY);
openRoom({});
