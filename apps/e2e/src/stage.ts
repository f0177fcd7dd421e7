import type { Browser } from 'playwright-core';
import { newVisitor, openBrowser } from './browser.js';
import type { Habits, Visitor } from './browser.js';
import { Hub } from './hub.js';
import { Mailbox } from './mailbox.js';
import { startSystem } from './system.js';
import type { Surroundings, System } from './system.js';

/** Where stories play: a running system of its own, and a browser. One for each spec file. */
export class Stage {
  readonly hub: Hub;
  readonly mailbox: Mailbox;
  private visitors: Visitor[] = [];
  private readonly forgiven: RegExp[] = [];

  private constructor(
    readonly system: System,
    private readonly browser: Browser,
  ) {
    this.hub = new Hub(system.url, system.keys.admin);
    this.mailbox = new Mailbox(system.url);
  }

  static async open(surroundings?: Surroundings): Promise<Stage> {
    const browser = await openBrowser();
    try {
      return new Stage(await startSystem(surroundings), browser);
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /** Somebody new with a browser of their own. */
  async newVisitor(habits?: Habits): Promise<Visitor> {
    const visitor = await newVisitor(this.browser, habits);
    this.visitors.push(visitor);
    return visitor;
  }

  /** What is part of the story is no trouble: a line that was cut, a race that was lost. */
  forgive(trouble: RegExp): void {
    this.forgiven.push(trouble);
  }

  /** After each story: everybody leaves, and nobody may have met with an error on the way. */
  async clear(): Promise<void> {
    const visitors = this.visitors.splice(0);
    await Promise.all(visitors.map((visitor) => visitor.leave()));
    const forgiven = this.forgiven.splice(0);
    const troubles = visitors.flatMap((visitor) => visitor.troubles);
    expect(troubles.filter((one) => !forgiven.some((known) => known.test(one)))).toEqual([]);
  }

  /** Stops everything, and wants it to have gone well. */
  async close(): Promise<void> {
    await this.browser.close();
    expect(await this.system.stop()).toEqual({ exitCode: 0, errors: [] });
  }
}
