import { callApi } from './api.js';
import { byId } from './element.js';
import { isLanguage } from './languages.js';
import { filled, language, t } from './texts.js';
import { exactTime, span } from './wording.js';

/** How far business time is ahead changes by hand, in this window or another. */
const CLOCK_EVERY = 5_000;

/** Where all faces keep the language and the look that were chosen. */
const LANGUAGE_KEY = 'repartee-locale';
const THEME_KEY = 'repartee-theme';

export interface HubTime {
  now: string;
  ahead: number;
  movable: boolean;
}

/** What every room does: language, business time, and the stream of what happens. */
export function openRoom(watch: Readonly<Record<string, () => void>>): void {
  shareAppearance();
  byId('language').addEventListener('change', ({ target }) => {
    const { value } = target as HTMLSelectElement;
    localStorage.setItem(LANGUAGE_KEY, value);
    speak(value);
  });
  followLive(watch);
  void showTime();
  setInterval(() => void showTime(), CLOCK_EVERY);
}

/** What was chosen in another face holds here, too. */
function shareAppearance(): void {
  const theme = localStorage.getItem(THEME_KEY);
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
  const chosen = localStorage.getItem(LANGUAGE_KEY);
  if (chosen !== null && chosen !== language && isLanguage(chosen)) speak(chosen);
}

/** The server writes the page in the language of the cookie. */
function speak(chosen: string): void {
  document.cookie = `repartee_lang=${chosen}; Path=/sandbox; Max-Age=31536000; SameSite=Lax`;
  location.reload();
}

/** Shows how far business time is ahead; nothing where it is the system's. */
export async function showTime(told?: HubTime): Promise<void> {
  const time = told ?? (await callApi<HubTime>('clock').catch(() => undefined));
  const badge = byId('business-time');
  badge.hidden = !time || time.ahead === 0;
  if (time)
    badge.textContent = filled(t.timeAhead, {
      time: exactTime(Date.parse(time.now)),
      ahead: span(time.ahead),
    });
}

/** After a change, and after each reconnection: what happened meanwhile is read then. */
function followLive(watch: Readonly<Record<string, () => void>>): void {
  const state = byId('live');
  const show = (name: string, text: string): void => {
    state.dataset['state'] = name;
    byId('live-text').textContent = text;
  };
  const stream = new EventSource('/sandbox/api/stream');
  stream.addEventListener('open', () => show('live', t.live));
  stream.addEventListener('error', () => show('lost', t.reconnecting));
  for (const [name, changed] of Object.entries(watch)) stream.addEventListener(name, changed);
}

/** Says what went wrong below the room, until the next thing works. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  const line = byId('trouble');
  try {
    await work();
    line.textContent = '';
    return true;
  } catch (error) {
    line.textContent = error instanceof Error ? error.message : String(error);
    return false;
  }
}
