/** The page itself, which the service worker keeps; it is the same for everybody. */
const SHELL = 'repartee-kiosk-shell';

/**
 * Forgets the visitor in every storage of the browser. What the kiosk client keeps stays: the device's credential,
 * offers for strangers and events on their way, all of it sealed.
 */
export async function wipeBrowser(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  for (const cookie of document.cookie.split(';')) {
    const name = cookie.split('=')[0]?.trim();
    if (name) document.cookie = `${name}=; max-age=0; path=/`;
  }
  const names = 'caches' in globalThis ? await caches.keys() : [];
  await Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)));
}
