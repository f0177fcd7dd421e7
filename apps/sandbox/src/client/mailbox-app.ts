import { byId } from './element.js';
import { openRoom } from './frame.js';
import { MailList } from './mail-list.js';
import { MailView } from './mail-view.js';
import { deleteAll } from './mailbox-api.js';
import { t } from './texts.js';

const list = new MailList();
const view = new MailView();
const search = byId<HTMLInputElement>('q');

/** The address names the open mail, so that it can be shared and the back button works. */
function followAddress(): void {
  const id = /^\/sandbox\/messages\/([^/]+)$/.exec(location.pathname)?.[1];
  search.value = new URLSearchParams(location.search).get('q') ?? '';
  list.markOpen(id ?? null);
  if (id) void view.open(decodeURIComponent(id));
  else view.close();
}

function go(path: string): void {
  history.pushState(null, '', `${path}${search.value ? `?q=${encodeURIComponent(search.value)}` : ''}`);
  followAddress();
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const aside = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
  if (!link || aside || !/^\/sandbox($|\/messages\/[^/]+$)/.test(link.pathname) || link.hash) return;
  event.preventDefault();
  go(link.pathname);
});
addEventListener('popstate', () => {
  followAddress();
  void list.load(search.value);
});

/** Searches when the typing pauses. */
function followTyping(): void {
  let pause: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      const query = search.value ? `?q=${encodeURIComponent(search.value)}` : '';
      history.replaceState(null, '', location.pathname + query);
      void list.load(search.value.trim());
    }, 150);
  });
}
search.form?.addEventListener('submit', (event) => event.preventDefault());

byId('delete-all').addEventListener('click', () => {
  if (!confirm(t.deleteMails)) return;
  void deleteAll().then(() => {
    go('/sandbox');
    return list.load(search.value.trim());
  });
});

addEventListener('keydown', (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.target instanceof HTMLSelectElement) return;
  if (document.activeElement === search) {
    if (event.key === 'Escape') search.blur();
    return;
  }
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
const keys: Record<string, () => void> = {
  j: () => list.step(1),
  k: () => list.step(-1),
  '/': () => {
    search.focus();
    search.select();
  },
  Escape: () => go('/sandbox'),
  ...Object.fromEntries([1, 2, 3, 4].map((number) => [String(number), () => view.showTab(number)])),
};

followTyping();
followAddress();
await list.load(search.value);
list.markOpen(/^\/sandbox\/messages\/([^/]+)$/.exec(location.pathname)?.[1] ?? null);
openRoom({ mails: () => void list.load(search.value.trim(), false) });
