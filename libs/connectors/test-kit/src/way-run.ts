import type { ConnectorDefinition } from '@repartee/connector-sdk';
import type { Check } from './check.js';
import type { ConnectorSuite } from './connector-suite.js';
import { runCheck } from './run-check.js';
import type { OpenWay, Way } from './running-connector.js';

/** Milliseconds for one check: long enough for one that waits for a time limit on a machine that does other things. */
const PATIENCE = 60_000;

/**
 * The checks of one way, one after the other: two hosts of one connector would take each other's messages. Ways share
 * nothing, so their runs go side by side, and while one waits for a time limit the others go on.
 */
export class WayRun {
  readonly #kept = new Map<string, Promise<void>>();
  #opening?: Promise<OpenWay>;

  constructor(
    readonly way: Way,
    private readonly definition: ConnectorDefinition,
    private readonly suite: ConnectorSuite,
    private readonly due: readonly Check[],
  ) {}

  begin(): void {
    const opening = this.way.open(this.definition);
    this.#opening = opening;
    let before: Promise<unknown> = opening.catch(() => undefined);
    for (const check of this.due) {
      const kept = before.then(async () => {
        const way = await opening;
        await inTime(runCheck(check, this.definition, this.suite, way));
      });
      before = kept.catch(() => undefined);
      this.#kept.set(check.id, kept);
    }
  }

  /** Rejects when the check was not kept. */
  async kept(check: Check): Promise<void> {
    const kept = this.#kept.get(check.id);
    if (!kept) throw new Error(`${this.way.name} was not begun`);
    await kept;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#kept.values());
    await (await this.#opening?.catch(() => undefined))?.close();
  }
}

async function inTime(running: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${PATIENCE} ms`)), PATIENCE);
  });
  await Promise.race([running, late]).finally(() => clearTimeout(timer));
}
