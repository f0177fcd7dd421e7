import { byId, element, note } from './element.js';
import { fetchPage } from './mailbox-api.js';
import type { MailPage, MailSummary } from '../mailbox/mail.js';
import { filled, t } from './texts.js';
import { counted, recipients, shortDate } from './wording.js';

/** The list on the left: pages, search, the marks of unread mails and of the open one. */
export class MailList {
  private readonly list = byId('mails');
  private readonly end = byId('list-end');
  private readonly counts = byId('counts');
  private readonly lines = new Map<string, HTMLElement>();
  private query = '';
  private nextCursor: string | null = null;
  private openId: string | null = null;
  private loadingMore = false;

  constructor() {
    new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void this.loadMore();
    }).observe(this.end);
  }

  /** Shows the newest mails; without `fresh`, those already listed stay and new ones join on top. */
  async load(query: string, fresh = true): Promise<void> {
    if (fresh && this.lines.size === 0) this.showSkeleton();
    this.query = query;
    try {
      const page = await fetchPage({ q: query });
      if (query !== this.query) return;
      this.showCounts(page);
      if (fresh || this.isBehind(page)) this.replace(page);
      else this.addOnTop(page);
    } catch (error) {
      this.showProblem(error);
    }
  }

  ids(): string[] {
    return [...this.lines.keys()];
  }

  /** Marks the open mail and brings it into view. */
  markOpen(id: string | null): void {
    if (this.openId) this.lines.get(this.openId)?.firstElementChild?.removeAttribute('aria-current');
    this.openId = id;
    const line = id ? this.lines.get(id) : undefined;
    line?.classList.remove('unread');
    line?.firstElementChild?.setAttribute('aria-current', 'true');
    line?.scrollIntoView({ block: 'nearest' });
  }

  /** Moves the focus among the lines. */
  step(by: 1 | -1): void {
    const ids = this.ids();
    const focused = ids.findIndex((id) => this.lines.get(id)?.contains(document.activeElement));
    const from = focused >= 0 ? focused : this.openId ? ids.indexOf(this.openId) : -1;
    const next = ids[Math.max(0, Math.min(ids.length - 1, from + by))];
    const link = next ? this.lines.get(next)?.querySelector('a') : null;
    link?.focus();
    link?.scrollIntoView({ block: 'nearest' });
  }

  private async loadMore(): Promise<void> {
    if (!this.nextCursor || this.loadingMore) return;
    this.loadingMore = true;
    try {
      const query = this.query;
      const page = await fetchPage({ q: query, cursor: this.nextCursor });
      if (query !== this.query) return;
      for (const mail of page.items) this.append(mail);
      this.setNext(page.nextCursor);
    } catch (error) {
      this.end.replaceChildren(this.retry(error));
    } finally {
      this.loadingMore = false;
    }
  }

  private replace(page: MailPage): void {
    this.lines.clear();
    this.list.replaceChildren();
    for (const mail of page.items) this.append(mail);
    this.setNext(page.nextCursor);
    if (page.items.length > 0) return;
    this.end.replaceChildren(
      this.query
        ? note(t.nothingFound, filled(t.noMailHolds, { query: this.query }))
        : note(t.noMailYet, t.mailsArrive),
    );
  }

  /** True when the page does not reach what is listed: mails were deleted, or too many came at once. */
  private isBehind(page: MailPage): boolean {
    const [newest] = this.lines.keys();
    return !newest || !page.items.some(({ id }) => id === newest);
  }

  private addOnTop(page: MailPage): void {
    const [newest] = this.lines.keys();
    const fresh = page.items.slice(
      0,
      page.items.findIndex(({ id }) => id === newest),
    );
    for (const mail of page.items) this.lines.get(mail.id)?.classList.toggle('unread', !mail.seen);
    if (fresh.length === 0) return;
    const known = [...this.lines];
    this.lines.clear();
    const lines = fresh.map((mail) => this.line(mail, true));
    for (const [id, line] of known) this.lines.set(id, line);
    this.list.prepend(...lines);
  }

  private append(mail: MailSummary): void {
    if (!this.lines.has(mail.id)) this.list.append(this.line(mail, false));
  }

  private line(mail: MailSummary, arriving: boolean): HTMLElement {
    const line = element(
      'li',
      { class: `mail${mail.seen ? '' : ' unread'}${arriving ? ' arriving' : ''}`, 'data-testid': 'mail' },
      element(
        'a',
        { href: `/sandbox/messages/${mail.id}`, 'data-id': mail.id },
        element('span', { class: 'mail-to' }, recipients(mail.to)),
        element('time', { datetime: mail.date }, shortDate(mail.date)),
        element('span', { class: 'mail-subject' }, mail.subject || t.noSubject),
        element('span', { class: 'mail-preview' }, mail.preview),
      ),
    );
    if (mail.id === this.openId) line.firstElementChild?.setAttribute('aria-current', 'true');
    this.lines.set(mail.id, line);
    return line;
  }

  private setNext(cursor: string | null): void {
    this.nextCursor = cursor;
    const more = element(
      'button',
      { type: 'button', class: 'quiet', click: () => void this.loadMore() },
      t.olderMails,
    );
    this.end.replaceChildren(...(cursor ? [more] : []));
  }

  private showCounts({ total, unread }: MailPage): void {
    this.counts.textContent =
      total === 0 ? '' : `${counted(t.mailCount, total)} · ${counted(t.unread, unread)}`;
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${t.mailbox} · Repartee ${t.sandbox}`;
  }

  private showSkeleton(): void {
    this.list.replaceChildren(
      ...Array.from({ length: 6 }, () => element('li', { class: 'mail skeleton', 'aria-hidden': 'true' })),
    );
    this.end.replaceChildren();
  }

  private showProblem(error: unknown): void {
    if (this.lines.size === 0) this.list.replaceChildren();
    this.end.replaceChildren(this.retry(error));
  }

  private retry(error: unknown): HTMLElement {
    const detail = error instanceof Error ? error.message : String(error);
    return note(t.notLoaded, detail, {
      label: t.tryAgain,
      run: () => void this.load(this.query),
    });
  }
}
