import type { Faults } from '../twilio/faults.js';
import { byId, element } from './element.js';
import { fetchFaults, setFaults } from './phone-api.js';

type Fault = keyof Faults;

const SHARES: readonly [Exclude<Fault, 'latency'>, string][] = [
  ['tooMany', 'Too many requests (429)'],
  ['serverError', 'Error, nothing sent (500)'],
  ['hang', 'No answer, nothing sent'],
  ['silentAfterAccept', 'Sent, but no answer'],
  ['duplicateCallbacks', 'Status reported twice'],
  ['lateCallbacks', 'Status reported late'],
  ['lostCallbacks', 'Status not reported'],
];

/** What goes wrong at the provider, switched by hand. */
export class FaultsPanel {
  private readonly dialog = byId<HTMLDialogElement>('faults');
  private readonly badge = byId('faults-on');

  constructor() {
    byId('faults-open').addEventListener('click', () => void this.open());
    void this.read();
  }

  private async open(): Promise<void> {
    const faults = await this.read();
    if (faults) this.render(faults);
    this.dialog.showModal();
  }

  private async read(): Promise<Faults | undefined> {
    try {
      const faults = await fetchFaults();
      this.count(faults);
      return faults;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.dialog.replaceChildren(element('p', { role: 'alert' }, detail), closing());
      return undefined;
    }
  }

  private count(faults: Faults): void {
    const on = Object.values(faults).filter((value) => value > 0).length;
    this.badge.hidden = on === 0;
    this.badge.textContent = String(on);
  }

  private render(faults: Faults): void {
    const change = (name: Fault) => (event: Event) => {
      const value = Number((event.target as HTMLInputElement).value);
      void setFaults({ ...faults, [name]: name === 'latency' ? value : value / 100 }).then((now) => {
        Object.assign(faults, now);
        this.count(now);
      });
    };
    const field = (name: Fault, label: string, value: number, unit: string, max: number) =>
      element(
        'label',
        {},
        element('span', {}, label),
        element('input', {
          type: 'number',
          min: '0',
          max: String(max),
          value: String(value),
          'data-testid': `fault-${name}`,
          change: change(name),
        }),
        element('span', {}, unit),
      );
    this.dialog.replaceChildren(
      element('h2', { id: 'faults-title' }, 'What goes wrong at Twilio'),
      element(
        'div',
        { class: 'faults-fields' },
        field('latency', 'Each answer waits', faults.latency, 'ms', 60_000),
        ...SHARES.map(([name, label]) => field(name, label, Math.round(faults[name] * 100), '%', 100)),
      ),
      closing(),
    );
  }
}

function closing(): HTMLElement {
  return element(
    'form',
    { method: 'dialog' },
    element('button', { class: 'primary', 'data-testid': 'faults-close' }, 'Done'),
  );
}
