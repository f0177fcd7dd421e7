import type { Page } from 'playwright-core';
import type { Hub } from './hub.js';

/** Who may stand before it, and what it shows. */
export interface KioskPlace {
  zones: string[];
  source?: string;
  idleSeconds?: number;
}

/** A kiosk in a hall, as an administrator sets it up and visitors use it. */
export class KioskScreen {
  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  /** Opens the page, unless it is open, and lets the kiosk in. */
  async pair(hub: Hub, { zones, source, idleSeconds = 300 }: KioskPlace): Promise<void> {
    const address = `${this.url}/kiosk/`;
    if (this.page.url() !== address) await this.page.goto(address);
    const shown = this.page.getByTestId('pairing-code');
    await shown.getByText(/^[A-Z]{4}-[A-Z]{4}$/).waitFor();
    const code = (await shown.textContent()) ?? '';
    await hub.post(`/v1/devices/pairings/${code}/approve`, {
      ...{ name: 'Lobby', place: 'Main hall', zones, idleSeconds },
      ...(source !== undefined && { source }),
    });
    await this.beginButton.waitFor();
  }

  get beginButton() {
    return this.page.getByRole('button', { name: /Touch to begin|แตะเพื่อเริ่ม|Коснитесь/ });
  }

  get network() {
    return this.page.getByTestId('network');
  }

  offer(key: string) {
    return this.page.locator(`[data-offer="${key}"]`);
  }

  async lookAround(): Promise<void> {
    await this.beginButton.click();
    await this.page.getByRole('button', { name: /Just look around|ขอดูก่อน|Просто посмотреть/ }).click();
    await this.page.getByTestId('offers').waitFor({ state: 'attached' });
  }

  async end(): Promise<void> {
    await this.page.getByRole('button', { name: /End visit|จบการใช้งาน|Закончить визит/ }).click();
    await this.beginButton.waitFor();
  }

  /** As a card reader types: fast, and Enter. */
  async readCard(number: string): Promise<void> {
    for (const key of [...number, 'Enter']) await this.page.keyboard.press(key);
  }
}

/** Everything that the browser keeps for the page's origin, as text: what is sealed shows nothing. */
export async function everythingKept(page: Page): Promise<string> {
  const kept = await page.evaluate<string>(`(async () => {
    const parts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        parts.push(name, request.url, await (await cache.match(request)).text());
      }
    }
    const words = async (value) => {
      if (value instanceof CryptoKey) return 'key, extractable: ' + value.extractable;
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
      if (typeof value !== 'object' || value === null) return String(value);
      return (await Promise.all(Object.entries(value).map(async ([key, one]) => key + ' ' + await words(one)))).join(' ');
    };
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of database.objectStoreNames) {
        const all = await new Promise((resolve) => {
          const reading = database.transaction(store).objectStore(store).getAll();
          reading.onsuccess = () => resolve(reading.result);
        });
        parts.push(name, store, await words(all));
      }
      database.close();
    }
    return parts.join('\\n');
  })()`);
  const cookies = await page.context().cookies();
  return `${kept}\n${JSON.stringify(cookies)}\n${page.url()}`;
}
