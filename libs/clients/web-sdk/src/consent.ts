import type { ReparteeError } from './repartee-error.js';

/** What the person allowed, by category of the site's banner. */
export type ConsentCategories = Record<string, boolean>;

/** Settings of {@link Consent}. */
export interface ConsentOptions {
  /** The category without which nothing is sent or stored. Unless given: any that is allowed will do. */
  needs?: string;
}

/** The hook of a consent banner. */
export interface Consent {
  /** What was last said; null before the banner was answered. */
  readonly categories: ConsentCategories | null;
  /** Whether the client may send and store. Always, where `consent` was not configured. */
  readonly given: boolean;
  /**
   * Says what the person allowed, on every page, as often as it changes. The first yes sends what the page has gathered
   * so far; a no forgets everything, in memory and in storage.
   */
  update(categories: ConsentCategories): void;
}

/** Keeps the client silent until it may speak. */
export class ConsentGate implements Consent {
  categories: ConsentCategories | null = null;
  given: boolean;

  constructor(
    private readonly options: ConsentOptions | undefined,
    private readonly changed: (given: boolean) => void,
  ) {
    this.given = !options;
  }

  update(categories: ConsentCategories): void {
    this.categories = { ...categories };
    const { options } = this;
    if (options)
      this.given = options.needs
        ? categories[options.needs] === true
        : Object.values(categories).includes(true);
    this.changed(this.given);
  }

  /** @throws what `refusal` makes, while nothing may be sent */
  check(refusal: () => ReparteeError): void {
    if (!this.given) throw refusal();
  }
}
