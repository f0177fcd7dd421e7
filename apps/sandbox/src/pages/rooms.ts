import { textsOf, type Language } from '../client/languages.js';
import { frame } from './frame.js';

type Page = (language: Language) => string;

const key = (names: readonly string[], what: string): string =>
  `<span>${names.map((name) => `<kbd>${name}</kbd>`).join('')} ${what}</span>`;

const mailbox: Page = (language) => {
  const t = textsOf(language);
  return frame(language, {
    room: 'mailbox',
    script: 'mailbox-app.js',
    skip: t.skipToMail,
    api: '/sandbox/api/messages',
    tools: `<form class="search" role="search"><label class="visually-hidden" for="q">${t.searchMails}</label>
    <input id="q" name="q" type="search" placeholder="${t.searchHint}" autocomplete="off" maxlength="200" data-testid="search"><kbd aria-hidden="true">/</kbd></form>
  <button type="button" class="quiet danger" id="delete-all" data-testid="delete-all">${t.deleteAll}</button>`,
    main: panes({ title: t.mailbox, list: t.mails, items: 'mails', view: t.mail }),
    keys: [
      key(['j', 'k'], t.move),
      key(['Enter'], t.open),
      key(['1', '2', '3', '4'], t.tabsKey),
      key(['/'], t.searchKey),
      key(['Esc'], t.back),
    ].join(''),
  });
};

const phones: Page = (language) => {
  const t = textsOf(language);
  return frame(language, {
    room: 'phones',
    script: 'phone-app.js',
    styles: 'phone.css',
    skip: t.skipToConversation,
    api: '/sandbox/api/phones',
    tools: `<button type="button" class="quiet danger" id="delete-all" data-testid="delete-all">${t.deleteAll}</button>`,
    main: panes({ title: t.phones, list: t.phones, items: 'phones', view: t.conversation }),
    keys: [
      key(['j', 'k'], t.move),
      key(['Enter'], t.openOrSend),
      key(['r'], t.answerKey),
      key(['Esc'], t.back),
    ].join(''),
  });
};

/** A list on the left, and what is open of it on the right. */
function panes(names: { title: string; list: string; items: string; view: string }): string {
  return `<main class="panes" id="panes">
  <h1 class="visually-hidden">${names.title}</h1>
  <nav class="list-pane" aria-label="${names.list}">
    <p class="counts" id="counts"></p>
    <ul class="mails" id="${names.items}" data-testid="${names.items}"></ul>
    <div class="list-end" id="list-end"></div>
  </nav>
  <section class="view-pane" id="view" tabindex="-1" aria-label="${names.view}"></section>
</main>`;
}

/** A room of one page, which its script fills. */
function plain(
  room: 'story' | 'calls' | 'kiosk' | 'clock' | 'faults',
  title: 'storyTitle' | 'calls' | 'kiosk' | 'clock' | 'faults',
  lead: 'storyLead' | 'callsLead' | 'kioskLead' | 'clockLead' | 'faultsLead',
): Page {
  return (language) => {
    const t = textsOf(language);
    return frame(language, {
      room,
      script: `${room}-app.js`,
      styles: 'rooms.css',
      api:
        room === 'faults' ? '/sandbox/api/smtp/faults' : `/sandbox/api/${room === 'kiosk' ? 'kiosks' : room}`,
      main: `<main class="room" id="view" tabindex="-1">
  <h1>${t[title]}</h1>
  <p class="lead">${t[lead]}</p>
  <div id="room"><p class="state">${t.loading}</p></div>
  <p class="trouble-line" id="trouble" role="alert"></p>
</main>`,
    });
  };
}

/** Every page of the sandbox by its path. */
export const pages: readonly [path: string, page: Page][] = [
  ['/sandbox', mailbox],
  ['/sandbox/messages/:id', mailbox],
  ['/sandbox/phones', phones],
  ['/sandbox/phones/:number', phones],
  ['/sandbox/story', plain('story', 'storyTitle', 'storyLead')],
  ['/sandbox/calls', plain('calls', 'calls', 'callsLead')],
  ['/sandbox/kiosk', plain('kiosk', 'kiosk', 'kioskLead')],
  ['/sandbox/clock', plain('clock', 'clock', 'clockLead')],
  ['/sandbox/faults', plain('faults', 'faults', 'faultsLead')],
];
