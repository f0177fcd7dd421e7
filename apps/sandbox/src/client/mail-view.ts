import { byId, element, note } from './element.js';
import { fetchMail, fetchSource, htmlAddress, markSeen } from './mailbox-api.js';
import type { Mail } from '../mailbox/mail.js';
import { t } from './texts.js';
import { fileSize, longDate } from './wording.js';

const tabs = ['html', 'text', 'headers', 'source'] as const;
type Tab = (typeof tabs)[number];
const labels: Record<Tab, string> = { html: t.html, text: t.text, headers: t.headers, source: t.source };

/** The mail on the right, with its four faces. */
export class MailView {
  private readonly pane = byId('view');
  private readonly panes = byId('panes');
  private mail: Mail | null = null;
  private wanted: string | null = null;
  private preferred: Tab = 'html';

  constructor() {
    this.showWelcome();
  }

  async open(id: string): Promise<void> {
    this.wanted = id;
    this.panes.dataset.open = 'true';
    this.pane.setAttribute('aria-busy', 'true');
    try {
      const mail = await fetchMail(id);
      if (this.wanted !== id) return;
      this.mail = mail;
      this.render(mail);
      await markSeen(id);
    } catch (error) {
      if (this.wanted !== id) return;
      this.mail = null;
      const detail = error instanceof Error ? error.message : String(error);
      this.pane.replaceChildren(
        note(t.mailNotShown, detail, { label: t.tryAgain, run: () => void this.open(id) }),
      );
    } finally {
      if (this.wanted === id) this.pane.removeAttribute('aria-busy');
    }
  }

  close(): void {
    this.wanted = null;
    this.mail = null;
    delete this.panes.dataset.open;
    this.pane.removeAttribute('aria-busy');
    this.showWelcome();
  }

  /** By number, as the keys 1 to 4 do. */
  showTab(number: number): void {
    const tab = tabs[number - 1];
    if (tab && this.mail) this.select(this.mail, tab);
  }

  private render(mail: Mail): void {
    const buttons = tabs.map((tab, index) =>
      element(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `tab-${tab}`,
          'aria-controls': 'tab-panel',
          'data-testid': `tab-${tab}`,
          title: `${labels[tab]} (${index + 1})`,
          click: () => this.select(mail, tab),
          keydown: (event) => this.stepTab(event, mail, index),
        },
        labels[tab],
      ),
    );
    this.pane.replaceChildren(
      element(
        'header',
        { class: 'mail-head' },
        element('a', { href: '/sandbox', class: 'back quiet' }, t.allMails),
        element('h2', { 'data-testid': 'subject' }, mail.subject || t.noSubject),
        element(
          'dl',
          {},
          element('dt', {}, t.from),
          element('dd', {}, mail.fromName ? element('b', {}, mail.fromName) : null, ` ${mail.from}`),
          element('dt', {}, t.to),
          element('dd', {}, mail.to.join(', ')),
          element('dt', {}, t.received),
          element('dd', {}, `${longDate(mail.date)} · ${fileSize(mail.size)}`),
        ),
        this.attachments(mail),
      ),
      element('div', { class: 'tabs', role: 'tablist', 'aria-label': t.mailFaces }, ...buttons),
      element('div', { class: 'panel', id: 'tab-panel', role: 'tabpanel', tabindex: '0' }),
    );
    this.select(mail, this.preferred === 'html' && !mail.html ? 'text' : this.preferred, false);
  }

  private select(mail: Mail, tab: Tab, remember = true): void {
    if (remember) this.preferred = tab;
    for (const button of this.pane.querySelectorAll<HTMLElement>('[role=tab]')) {
      const selected = button.id === `tab-${tab}`;
      button.setAttribute('aria-selected', String(selected));
      button.tabIndex = selected ? 0 : -1;
    }
    const panel = byId('tab-panel');
    panel.setAttribute('aria-labelledby', `tab-${tab}`);
    panel.dataset.tab = tab;
    if (tab === 'source') void this.showSource(mail.id, panel);
    else panel.replaceChildren(this.face(mail, tab));
  }

  private stepTab(event: Event, mail: Mail, index: number): void {
    if (!(event instanceof KeyboardEvent) || !['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
    const step = event.key === 'ArrowRight' ? 1 : tabs.length - 1;
    const next = tabs[(index + step) % tabs.length] ?? 'html';
    this.select(mail, next);
    byId(`tab-${next}`).focus();
  }

  private face(mail: Mail, tab: Exclude<Tab, 'source'>): HTMLElement {
    if (tab === 'headers') return headerTable(mail);
    if (tab === 'text') {
      return mail.text
        ? element('pre', { class: 'text', 'data-testid': 'text' }, mail.text)
        : note(t.noTextPart, t.htmlOnly);
    }
    if (!mail.html) return note(t.noHtmlPart, t.textOnly);
    return element('iframe', {
      title: t.asReaderSees,
      // No scripts, no forms, an origin of its own; a link opens beside the mailbox.
      sandbox: 'allow-popups allow-popups-to-escape-sandbox',
      referrerpolicy: 'no-referrer',
      src: htmlAddress(mail.id),
      'data-testid': 'html',
    });
  }

  private async showSource(id: string, panel: HTMLElement): Promise<void> {
    panel.replaceChildren(element('p', { class: 'state' }, t.loading));
    const source = await fetchSource(id).catch((error: unknown) => String(error));
    if (this.wanted !== id || panel.dataset.tab !== 'source') return;
    panel.replaceChildren(element('pre', { class: 'source', 'data-testid': 'source' }, source));
  }

  private attachments({ attachments }: Mail): HTMLElement | null {
    if (attachments.length === 0) return null;
    const items = attachments.map(({ filename, mimeType, size }) =>
      element('li', {}, `${filename || mimeType} · ${fileSize(size)}`),
    );
    return element('ul', { class: 'attachments', 'aria-label': t.attachments }, ...items);
  }

  private showWelcome(): void {
    this.pane.replaceChildren(note(t.chooseMail, t.everyMail));
  }
}

function headerTable(mail: Mail): HTMLElement {
  const rows = mail.headers.map(({ name, value }) =>
    element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, value)),
  );
  return element('table', { class: 'headers', 'data-testid': 'headers' }, element('tbody', {}, ...rows));
}
