/** What is used of a service worker's world; its types and a page's cannot stand side by side. */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface WorkerFetch extends WorkerEvent {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerWorld {
  location: Location;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate' | 'message', listener: (event: WorkerEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: WorkerFetch) => void): void;
}
const world = globalThis as unknown as WorkerWorld;

/** The page itself: its HTML and its bundles. Nothing of a visitor passes through here. */
const SHELL = 'repartee-kiosk-shell';
const BASE = '/kiosk/';
const PAGE = BASE;

world.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => world.skipWaiting()));
});
world.addEventListener('activate', (event) => event.waitUntil(world.clients.claim()));
// The page says so when it was loaded: what it is made of may have changed.
world.addEventListener('message', (event) => event.waitUntil(keepShell().catch(() => undefined)));

world.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== world.location.origin || !url.pathname.startsWith('/kiosk'))
    return;
  // The page on a visitor's phone is never kept.
  if (url.pathname.startsWith(`${BASE}continue`)) return;
  event.respondWith(request.mode === 'navigate' ? freshPage(request) : keptFile(request));
});

async function keepShell(): Promise<void> {
  const bundle = (await (await fetch(`${BASE}bundle.json`, { cache: 'no-store' })).json()) as Record<
    string,
    { file: string; css?: string[] }
  >;
  const files = Object.values(bundle).flatMap(({ file, css = [] }) => [file, ...css]);
  const wanted = new Set([PAGE, `${BASE}mark.svg`, ...files.map((file) => BASE + file)]);
  const shell = await caches.open(SHELL);
  const kept = new Map((await shell.keys()).map((request) => [new URL(request.url).pathname, request]));
  await shell.add(new Request(PAGE, { cache: 'reload' }));
  await shell.addAll([...wanted].filter((path) => path !== PAGE && !kept.has(path)));
  for (const [path, request] of kept) if (!wanted.has(path)) await shell.delete(request);
}

async function freshPage(request: Request): Promise<Response> {
  const kept = async () => (await caches.match(PAGE)) ?? Response.error();
  try {
    const answer = await fetch(request);
    return answer.status >= 500 ? await kept() : answer;
  } catch {
    return kept();
  }
}

async function keptFile(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}
