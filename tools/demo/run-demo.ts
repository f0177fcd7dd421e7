import { setMaxListeners } from 'node:events';
import { playChannels } from './channels/play-channels.js';
import { type Dataset, expectedRecords } from './purchases/dataset.js';
import type { DemoResult } from './report/checks.js';
import type { Progress } from './report/progress.js';
import { sendCrowd } from './send/send-crowd.js';
import { applyLoyalty } from './story/apply-loyalty.js';
import { earlierMailings } from './story/await-mailings.js';
import { Mailbox } from './story/mailbox.js';
import { regularsOf } from './story/mailings.js';
import { tellStory } from './story/tell-story.js';
import { Hub } from './system/hub.js';
import type { DemoKeys } from './system/keys.js';
import { verifyRecords } from './verify/verify-records.js';

export interface DemoTask {
  dataset: Dataset;
  url: string;
  keys: DemoKeys;
  /** The document that POST /v1/apply gets. */
  loyalty: string;
  progress: Progress;
  signal: AbortSignal;
}

/** The whole job: configuration, crowd, comparison, story, and a walk through all channels. */
export async function runDemo(task: DemoTask): Promise<DemoResult> {
  const { dataset, url, keys, loyalty, progress, signal } = task;
  const began = performance.now();
  // Many requests and pauses at a time listen to the one signal.
  setMaxListeners(0, signal);
  const hub = new Hub(url, keys.server, signal);
  const admin = new Hub(url, keys.admin, signal);
  const mailbox = new Mailbox(hub);
  const expected = expectedRecords(dataset.purchases);
  const regulars = regularsOf(expected);
  await applyLoyalty(admin, loyalty);
  const earlier = await earlierMailings(hub, dataset, regulars);
  const sent = await sendCrowd(dataset, { url, key: keys.server }, { progress, signal });
  const verified = await verifyRecords(dataset, expected, { hub, progress, signal });
  const story = (await mailbox.answers())
    ? await tellStory(dataset, regulars, earlier, { hub, mailbox, progress, signal })
    : undefined;
  const walked = await playChannels({ hub, admin, progress, signal });
  return {
    sent,
    verified,
    ...(story && { story }),
    ...(walked && { walked }),
    seconds: (performance.now() - began) / 1000,
  };
}
