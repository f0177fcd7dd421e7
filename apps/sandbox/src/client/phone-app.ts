import { ConversationView } from './conversation-view.js';
import { byId } from './element.js';
import { openRoom } from './frame.js';
import { deleteAll } from './phone-api.js';
import { PhoneList } from './phone-list.js';
import { t } from './texts.js';

const PHONE = /^\/sandbox\/phones\/([^/]+)$/;
const list = new PhoneList();
const view = new ConversationView();

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
  if (!confirm(t.deleteTexts)) return;
  void deleteAll().then(() => go('/sandbox/phones'));
});

const keys: Record<string, () => void> = {
  j: () => list.step(1),
  k: () => list.step(-1),
  r: () => view.write(),
  Escape: () => go('/sandbox/phones'),
};
addEventListener('keydown', (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.target instanceof HTMLSelectElement) return;
  if (event.target instanceof HTMLInputElement) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

followAddress();
await list.load();
openRoom({
  phones: () => {
    void list.load();
    void view.refresh();
  },
});
