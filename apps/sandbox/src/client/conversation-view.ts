import type { Conversation, PhoneText } from '../phone/phone.js';
import { byId, element, note } from './element.js';
import { fetchConversation, markSeen, sendAnswer } from './phone-api.js';
import { filled, t } from './texts.js';
import { counted, shortDate } from './wording.js';

/** Words that Twilio understands, one press away. */
const WORDS = ['STOP', 'START', 'HELP'];

/** The phone on the right: its texts, and a line to answer. */
export class ConversationView {
  private readonly pane = byId('view');
  private readonly panes = byId('panes');
  private number: string | null = null;

  async open(number: string): Promise<void> {
    if (this.number !== number) this.frame(number);
    await this.refresh();
  }

  /** Reads the open conversation again. What is being written stays. */
  async refresh(): Promise<void> {
    const { number } = this;
    if (number === null) return;
    try {
      const conversation = await fetchConversation(number);
      if (this.number !== number) return;
      this.show(conversation);
      await markSeen(number);
    } catch (error) {
      if (this.number === number) this.problem(error, () => void this.refresh());
    }
  }

  close(): void {
    this.number = null;
    delete this.panes.dataset['open'];
    this.pane.replaceChildren(note(t.choosePhone, t.everyText));
  }

  /** Puts the cursor where an answer is written. */
  write(): void {
    document.getElementById('answer')?.focus();
  }

  private frame(number: string): void {
    this.number = number;
    this.panes.dataset['open'] = 'true';
    const input = element('input', {
      id: 'answer',
      name: 'text',
      type: 'text',
      autocomplete: 'off',
      maxlength: '1600',
      required: true,
      placeholder: t.answerHint,
      'aria-label': t.answer,
      'data-testid': 'answer',
    });
    this.pane.replaceChildren(
      element(
        'header',
        { class: 'phone-head' },
        element('a', { href: '/sandbox/phones', class: 'back quiet' }, t.allPhones),
        element('h2', { 'data-testid': 'number' }, number),
        element('p', { id: 'phone-state', 'data-testid': 'phone-state' }),
      ),
      element('ol', { class: 'texts', id: 'texts', 'data-testid': 'texts', 'aria-live': 'polite' }),
      element('p', { class: 'phone-problem', id: 'phone-problem', role: 'alert' }),
      element(
        'form',
        { class: 'composer', submit: (event) => this.submit(event, input) },
        input,
        element('button', { type: 'submit', class: 'primary', 'data-testid': 'send' }, t.send),
        ...WORDS.map((word) =>
          element(
            'button',
            {
              type: 'button',
              class: 'quiet',
              'data-testid': `word-${word}`,
              click: () => void this.send(word),
            },
            word,
          ),
        ),
      ),
    );
  }

  private show({ texts, sender, optedOut }: Conversation): void {
    const list = byId('texts');
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.replaceChildren(...texts.map(bubble));
    if (texts.length === 0) list.replaceChildren(element('li', { class: 'state' }, t.noTextOnPhone));
    if (atEnd) list.scrollTop = list.scrollHeight;
    const state = byId('phone-state');
    state.textContent = filled(optedOut ? t.optedOut : t.hearsFrom, { sender });
    state.dataset['state'] = optedOut ? 'opted-out' : 'open';
    byId('phone-problem').textContent = '';
  }

  private submit(event: Event, input: HTMLInputElement): void {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '') return;
    input.value = '';
    void this.send(text).then((sent) => {
      if (!sent && input.value === '') input.value = text;
    });
  }

  private async send(text: string): Promise<boolean> {
    if (this.number === null) return false;
    try {
      await sendAnswer(this.number, text);
      await this.refresh();
      return true;
    } catch (error) {
      this.problem(error);
      return false;
    }
  }

  private problem(error: unknown, again?: () => void): void {
    const detail = error instanceof Error ? error.message : String(error);
    const retry = again && element('button', { type: 'button', class: 'quiet', click: again }, 'Try again');
    byId('phone-problem').replaceChildren(`That did not work: ${detail} `, ...(retry ? [retry] : []));
  }
}

function bubble(text: PhoneText): HTMLElement {
  const trouble = text.error !== null;
  return element(
    'li',
    {
      class: `text ${text.by}${trouble ? ' trouble' : ''}`,
      'data-testid': 'text',
      'data-status': text.status,
    },
    element('p', {}, text.text),
    element(
      'small',
      {},
      element('time', { datetime: text.date }, shortDate(text.date)),
      ` · ${words(text)}${text.segments > 1 ? ` · ${counted(t.segments, text.segments)}` : ''}`,
    ),
  );
}

function words({ by, status, error }: PhoneText): string {
  if (by === 'person') return error === null ? t.sent : t.notTaken;
  return error === null ? status : `${status} (${error})`;
}
