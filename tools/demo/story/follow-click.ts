import { type Dataset, emailOf, userIdOf } from '../purchases/dataset.js';
import { type Hub, type Page, pause } from '../system/hub.js';
import type { Mailed } from './await-mailings.js';
import type { Mail, Mailbox } from './mailbox.js';
import type { Mailing } from './mailings.js';
import { type Standing, standingOf } from './standing.js';

/** One person's mail, click and next decision. */
export interface ClickStory {
  customer: string;
  offer: string;
  subject: string;
  /** Status of the answer to the click. */
  answered: number;
  openOnTimeline: boolean;
  clickOnTimeline: boolean;
  before: Standing | undefined;
  after: Standing | undefined;
}

interface TimelineItem {
  id: string;
  kind: string;
  data: { type?: string; name?: string; offer?: string };
}

interface Tools {
  hub: Hub;
  mailbox: Mailbox;
  signal: AbortSignal;
}

const SHOWS_WITHIN_MS = 15_000;
const ASK_AGAIN_MS = 100;

/** The first mail that nobody has opened yet. */
export function unopened(
  dataset: Dataset,
  { mailings, mails }: Mailed,
): { mailing: Mailing; mailId: string } | undefined {
  for (const mailing of mailings) {
    const mail = mails.get(emailOf(dataset, mailing.customer))?.find(({ seen }) => !seen);
    if (mail) return { mailing, mailId: mail.id };
  }
  return undefined;
}

/** Opens a mail, follows its offer's link, and looks at what that changed. */
export async function followClick(
  dataset: Dataset,
  { mailing, mailId }: { mailing: Mailing; mailId: string },
  { hub, mailbox, signal }: Tools,
): Promise<ClickStory> {
  const { customer } = mailing;
  const offer = mailing.offer ?? '';
  const userId = userIdOf(dataset, customer);
  const before = await standingOf(hub, userId, offer, signal);
  const known = new Set((await timeline(hub, userId)).map(({ id }) => id));
  const mail = await mailbox.open(mailId);
  await loadOpenImage(mail, signal);
  const answered = await follow(mail, signal);
  const shows = await untilShown(hub, userId, offer, known, signal);
  const after = await standingOf(hub, userId, offer, signal);
  return { customer, offer, subject: mail.subject, answered, ...shows, before, after };
}

/** A mail program shows the images of a mail, and so tells that it was opened. */
async function loadOpenImage({ html }: Mail, signal: AbortSignal): Promise<void> {
  const image = /<img[^>]+src="([^"]+\/o\/[^"]+)"/.exec(html ?? '')?.[1];
  if (image) await (await fetch(image.replaceAll('&amp;', '&'), { signal })).arrayBuffer();
}

/** @returns the status of the answer; 0 when the mail holds no link to its offer */
async function follow({ links }: Mail, signal: AbortSignal): Promise<number> {
  const link = links.find((address) => new URL(address).pathname.startsWith('/r/'));
  if (link === undefined) return 0;
  const response = await fetch(link, { redirect: 'manual', signal });
  await response.arrayBuffer();
  return response.status;
}

async function timeline(hub: Hub, userId: string): Promise<TimelineItem[]> {
  const reference = encodeURIComponent(`user_id:${userId}`);
  return (await hub.get<Page<TimelineItem>>(`/v1/profiles/${reference}/timeline?limit=50`)).items;
}

async function untilShown(
  hub: Hub,
  userId: string,
  offer: string,
  known: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Pick<ClickStory, 'openOnTimeline' | 'clickOnTimeline'>> {
  const deadline = performance.now() + SHOWS_WITHIN_MS;
  for (;;) {
    const items = (await timeline(hub, userId)).filter(({ id }) => !known.has(id));
    const openOnTimeline = items.some(({ data }) => data.name === 'Email Opened');
    const clickOnTimeline = items.some(
      ({ kind, data }) => kind === 'response' && data.type === 'click' && data.offer === offer,
    );
    const complete = openOnTimeline && clickOnTimeline;
    if (complete || performance.now() > deadline) return { openOnTimeline, clickOnTimeline };
    await pause(ASK_AGAIN_MS, signal);
  }
}
