import { ConversationView } from './conversation-view.js';
import { byId } from './element.js';
import { FaultsPanel } from './faults-panel.js';
import { deleteAll } from './phone-api.js';
import { PhoneList } from './phone-list.js';

const PHONE = /^\/sandbox\/phones\/([^/]+)$/;
const list = new PhoneList();
const view = new ConversationView();
new FaultsPanel();

/** The address names the open phone, so that it can be shared and the back button works. */
function followAddress(): void {
  const path = PHONE.exec(location.pathname)?.[1];
  const number = path === undefined ? null : decodeURIComponent(path);
  list.markOpen(number);
  if (number === null) view.close();
  else void view.open(number);
}

function go(path: string): void {
  if (path !== location.pathname) history.pushState(null, '', path);
  followAddress();
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const aside = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
  if (!link || aside || !/^\/sandbox\/phones(\/[^/]+)?$/.test(link.pathname) || link.hash) return;
  event.preventDefault();
  go(link.pathname);
});
addEventListener('popstate', followAddress);

byId('delete-all').addEventListener('click', () => {
  if (!confirm('Delete every text on these phones?')) return;
  void deleteAll().then(() => go('/sandbox/phones'));
});

const keys: Record<string, () => void> = {
  j: () => list.step(1),
  k: () => list.step(-1),
  r: () => view.write(),
  Escape: () => go('/sandbox/phones'),
};
addEventListener('keydown', (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || document.querySelector('dialog[open]')) return;
  if (event.target instanceof HTMLInputElement) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

/** After a change, and after each reconnection. */
function followLive(): void {
  const state = byId('live');
  const show = (name: string, text: string): void => {
    state.dataset['state'] = name;
    byId('live-text').textContent = text;
  };
  const stream = new EventSource('/sandbox/api/stream');
  stream.addEventListener('open', () => show('live', 'live'));
  stream.addEventListener('error', () => show('lost', 'reconnecting'));
  stream.addEventListener('phones', () => {
    void list.load();
    void view.refresh();
  });
}

followAddress();
await list.load();
followLive();
