import type { Dataset, ExpectedRecord } from '../purchases/dataset.js';
import type { Progress } from '../report/progress.js';
import type { Hub } from '../system/hub.js';
import { awaitMailings, type Mailed } from './await-mailings.js';
import { type ClickStory, followClick, unopened } from './follow-click.js';
import type { Mailbox } from './mailbox.js';

/** What came after the purchases. */
export interface Story {
  regulars: number;
  mailed: Mailed;
  /** Absent when there was no unopened mail. */
  click?: ClickStory;
  seconds: number;
}

/** Waits for the e-mail offers, then lets one customer answer hers. */
export async function tellStory(
  dataset: Dataset,
  regulars: readonly ExpectedRecord[],
  earlier: ReadonlySet<string>,
  tools: { hub: Hub; mailbox: Mailbox; progress: Progress; signal: AbortSignal },
): Promise<Story> {
  const began = performance.now();
  const mailed = await awaitMailings(dataset, regulars, earlier, tools);
  const next = unopened(dataset, mailed);
  const click = next && (await followClick(dataset, next, tools));
  const seconds = (performance.now() - began) / 1000;
  return { regulars: regulars.length, mailed, ...(click && { click }), seconds };
}
