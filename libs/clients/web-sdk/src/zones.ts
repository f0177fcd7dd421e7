import { clockText } from './countdown.js';
import type { DecidedZone, Offer, Repartee, ZonesOptions } from './repartee.js';

const ATTRIBUTE = 'data-repartee-zone';
const PATIENCE_MS = 800;

type Client = Pick<
  Repartee,
  'decide' | 'observe' | 'click' | 'accept' | 'dismiss' | 'countdown' | 'onPushed' | 'notPresented'
>;

/** Fills every element that names a zone, without flicker: one question for all of them, and a limit to the wait. */
export class Zones {
  private readonly ends = new Map<Element, () => void>();
  private latest = 0;
  private readonly stopPushes: () => void;
  private reveal: () => void = () => undefined;

  constructor(
    private readonly client: Client,
    private readonly options: ZonesOptions,
    private readonly onError: (error: Error) => void,
  ) {
    this.stopPushes = client.onPushed((zone) =>
      this.elements(zone.zone).forEach((element) => this.show(element, zone)),
    );
    void this.refresh();
  }

  async refresh(): Promise<void> {
    const asked = ++this.latest;
    const elements = this.elements();
    this.forgetGone();
    const names = [...new Set(elements.map((element) => element.getAttribute(ATTRIBUTE) ?? ''))];
    if (names.length === 0) return;
    const { patience = PATIENCE_MS, render: _, ...options } = this.options;
    // Else what is hidden by now would be taken for how the site itself has it.
    this.reveal();
    const reveal = (this.reveal = hide(elements.filter((element) => !this.ends.has(element))));
    let waiting = true;
    const timer = setTimeout(() => {
      waiting = false;
      reveal();
    }, patience);
    try {
      const { zones } = await this.client.decide({ ...options, zones: names });
      if (asked !== this.latest) return;
      for (const zone of zones) {
        // Too late: the page is being read, and what is read does not change under the reader's eyes.
        if (waiting) this.elements(zone.zone).forEach((element) => this.show(element, zone));
        else zone.offers.forEach((offer) => this.client.notPresented(offer).catch(this.onError));
      }
    } catch (error) {
      this.onError(error as Error);
    } finally {
      clearTimeout(timer);
      reveal();
    }
  }

  stop(): void {
    this.latest += 1;
    this.stopPushes();
    for (const end of this.ends.values()) end();
    this.ends.clear();
  }

  /** A router has taken them off the page. */
  private forgetGone(): void {
    for (const [element, end] of this.ends)
      if (!element.isConnected) {
        end();
        this.ends.delete(element);
      }
  }

  private elements(zone?: string): HTMLElement[] {
    const all = [...document.querySelectorAll<HTMLElement>(`[${ATTRIBUTE}]`)];
    return zone === undefined ? all : all.filter((element) => element.getAttribute(ATTRIBUTE) === zone);
  }

  private show(element: HTMLElement, zone: DecidedZone): void {
    this.ends.get(element)?.();
    const offer = zone.offers[0];
    const content = offer?.content ?? zone.fallback;
    const ends: (() => void)[] = [];
    this.ends.set(element, () => ends.splice(0).forEach((end) => end()));
    if (this.options.render) this.options.render(zone, element);
    else if (content) fill(element, content);
    element.setAttribute('data-repartee-offer', offer?.offer ?? '');
    if (offer) this.attend(element, offer, ends);
  }

  /** Reports what becomes of the offer, and lets its time run. */
  private attend(element: HTMLElement, offer: Offer, ends: (() => void)[]): void {
    const { client } = this;
    const on = (name: string, work: (offer: Offer) => Promise<void>): void =>
      parts(element, name).forEach((part) => {
        const listener = (): void => void work(offer).catch(this.onError);
        part.addEventListener('click', listener);
        ends.push(() => part.removeEventListener('click', listener));
      });
    on('cta', (clicked) => client.click(clicked));
    on('accept', (accepted) => client.accept(accepted));
    on('dismiss', (dismissed) => client.dismiss(dismissed));
    ends.push(client.observe(element, offer));
    const clocks = parts(element, 'countdown');
    if (clocks.length === 0) return;
    let ran = false;
    ends.push(
      client.countdown(offer, (left) => {
        for (const clock of clocks) clock.textContent = clockText(left);
        // One that was over from the beginning would be asked for again and again.
        if (left === 0 && ran) void this.refresh();
        ran = true;
      }),
    );
  }
}

function parts(element: Element, name: string): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(`[data-repartee="${name}"]`)];
}

/** Text goes in as text; an address only where it is http(s) or of the site. */
function fill(element: Element, { headline, body, image, cta }: Record<string, unknown>): void {
  const text = (name: string, value: unknown): void =>
    parts(element, name).forEach((part) => (part.textContent = typeof value === 'string' ? value : ''));
  text('headline', headline);
  text('body', body);
  for (const picture of parts(element, 'image')) setAddress(picture, 'src', image);
  const { label, url } = (cta ?? {}) as Record<string, unknown>;
  text('cta', label);
  for (const link of parts(element, 'cta')) setAddress(link, 'href', url);
}

function setAddress(element: Element, attribute: 'href' | 'src', url: unknown): void {
  if (typeof url === 'string' && /^(https?:\/\/|\/(?![/\\])|[?#])/i.test(url))
    element.setAttribute(attribute, url);
  else element.removeAttribute(attribute);
}

/** Keeps the room and hides what is in it. By the style object, which a strict CSP allows; no style sheet is needed. */
function hide(elements: HTMLElement[]): () => void {
  const before = elements.map(({ style }) => style.visibility);
  for (const { style } of elements) style.visibility = 'hidden';
  return () => {
    elements.splice(0).forEach(({ style }, index) => (style.visibility = before[index] ?? ''));
  };
}
