import { type Dataset, emailOf, type ExpectedRecord } from '../purchases/dataset.js';
import type { Progress } from '../report/progress.js';
import { type Hub, pause } from '../system/hub.js';
import { forEachAtOnce } from '../verify/for-each-at-once.js';
import type { Mailbox, MailSummary } from './mailbox.js';
import { isSettled, type Mailing, mailingsTo } from './mailings.js';

const AT_ONCE = 8;
const ASK_AGAIN_MS = 200;
/** When nothing has moved for so long, what is missing counts as missing. */
const STALL_MS = 30_000;

/** What became of the offers that the reaction owes to the regulars. */
export interface Mailed {
  mailings: Mailing[];
  /** By address, newest first. */
  mails: Map<string, MailSummary[]>;
  /** Mails that this run caused and the mailbox holds. */
  arrived: number;
  /** Sent by an earlier run: once in thirty days is enough. */
  earlier: number;
  /** What went wrong, in words. */
  problems: string[];
}

interface Tools {
  hub: Hub;
  mailbox: Mailbox;
  progress: Progress;
  signal: AbortSignal;
}

/** The messages the reaction has sent to these customers so far, by id. */
export async function earlierMailings(
  hub: Hub,
  dataset: Dataset,
  regulars: readonly ExpectedRecord[],
): Promise<Set<string>> {
  const ids = new Set<string>();
  await forEachAtOnce(regulars, AT_ONCE, async ({ customer }) => {
    for (const { id } of await mailingsTo(hub, dataset, customer)) ids.add(id);
  });
  return ids;
}

/** Waits until every regular's offer has left and lies in the mailbox. */
export async function awaitMailings(
  dataset: Dataset,
  regulars: readonly ExpectedRecord[],
  earlier: ReadonlySet<string>,
  tools: Tools,
): Promise<Mailed> {
  const problems: string[] = [];
  const mailings: Mailing[] = [];
  let lastMove = performance.now();
  const stalled = () => performance.now() - lastMove > STALL_MS;
  const settle = async ({ customer }: ExpectedRecord) => {
    for (;;) {
      const [mailing] = await mailingsTo(tools.hub, dataset, customer);
      if (mailing && isSettled(mailing)) {
        lastMove = performance.now();
        if (mailing.status === 'accepted') mailings.push(mailing);
        else problems.push(`customer ${customer}: ${mailing.status}, ${mailing.reason ?? 'no reason given'}`);
        return;
      }
      if (stalled()) {
        problems.push(`customer ${customer}: ${mailing ? `still ${mailing.status}` : 'no offer was sent'}`);
        return;
      }
      await pause(ASK_AGAIN_MS, tools.signal);
    }
  };
  await tools.progress.follow('E-mail offers sent', regulars.length, (advance) =>
    forEachAtOnce(regulars, AT_ONCE, async (regular) => {
      await settle(regular);
      advance(mailings.length);
    }),
  );
  const fresh = mailings.filter(({ id }) => !earlier.has(id));
  const mails = await awaitMails(dataset, fresh, tools);
  const lies = ({ customer }: Mailing) => mails.has(emailOf(dataset, customer));
  problems.push(
    ...fresh
      .filter((one) => !lies(one))
      .map(({ customer }) => `customer ${customer}: no mail in the mailbox`),
  );
  problems.push(...(await sentAgain(dataset, fresh, earlier, tools)));
  const arrived = fresh.filter(lies).length;
  return { mailings, mails, arrived, earlier: mailings.length - fresh.length, problems };
}

/** Once in thirty days is what the reaction says, however many orders come at a time. */
async function sentAgain(
  dataset: Dataset,
  fresh: readonly Mailing[],
  earlier: ReadonlySet<string>,
  { hub }: Tools,
): Promise<string[]> {
  const problems: string[] = [];
  await forEachAtOnce(fresh, AT_ONCE, async ({ customer }) => {
    const times = (await mailingsTo(hub, dataset, customer)).filter(({ id }) => !earlier.has(id)).length;
    if (times > 1) problems.push(`customer ${customer}: was sent the offer ${times} times`);
  });
  return problems;
}

async function awaitMails(
  dataset: Dataset,
  fresh: readonly Mailing[],
  { mailbox, signal }: Tools,
): Promise<Map<string, MailSummary[]>> {
  const deadline = performance.now() + STALL_MS;
  for (;;) {
    const mails = await mailbox.find(`@${dataset.key}.example`);
    const complete = fresh.every(({ customer }) => mails.has(emailOf(dataset, customer)));
    if (complete || performance.now() > deadline) return mails;
    await pause(ASK_AGAIN_MS, signal);
  }
}
