import type { PhoneSummary } from '../phone/phone.js';
import { byId, element, note } from './element.js';
import { fetchPhones } from './phone-api.js';
import { t } from './texts.js';
import { counted, shortDate } from './wording.js';

/** The list on the left: every number that was written to, the newest first. */
export class PhoneList {
  private readonly list = byId('phones');
  private readonly end = byId('list-end');
  private readonly counts = byId('counts');
  private open: string | null = null;

  async load(): Promise<void> {
    try {
      const { items, unread } = await fetchPhones();
      const focused = document.activeElement?.getAttribute('data-number');
      this.list.replaceChildren(...items.map((phone) => this.line(phone)));
      this.list.querySelector<HTMLElement>(`[data-number="${focused ?? ''}"]`)?.focus();
      this.counts.textContent =
        items.length === 0 ? '' : `${counted(t.phoneCount, items.length)} · ${counted(t.unread, unread)}`;
      document.title = `${unread > 0 ? `(${unread}) ` : ''}${t.phones} · Repartee ${t.sandbox}`;
      this.end.replaceChildren(...(items.length === 0 ? [note(t.noTextYet, t.textsArrive)] : []));
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.end.replaceChildren(note(t.notLoaded, detail, { label: t.tryAgain, run: () => void this.load() }));
    }
  }

  markOpen(number: string | null): void {
    this.open = number;
    for (const link of this.list.querySelectorAll('a')) {
      if (link.dataset['number'] === number) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }

  /** Moves the focus among the lines. */
  step(by: 1 | -1): void {
    const links = [...this.list.querySelectorAll('a')];
    const focused = links.findIndex((link) => link === document.activeElement);
    const from = focused >= 0 ? focused : links.findIndex((link) => link.dataset['number'] === this.open);
    links[Math.max(0, Math.min(links.length - 1, from + by))]?.focus();
  }

  private line({ number, preview, date, unread }: PhoneSummary): HTMLElement {
    return element(
      'li',
      { class: `mail${unread > 0 ? ' unread' : ''}`, 'data-testid': 'phone' },
      element(
        'a',
        {
          href: `/sandbox/phones/${encodeURIComponent(number)}`,
          'data-number': number,
          'aria-current': number === this.open ? 'true' : undefined,
        },
        element('span', { class: 'mail-subject' }, number),
        element('time', { datetime: date }, shortDate(date)),
        element('span', { class: 'mail-preview' }, preview),
      ),
    );
  }
}
