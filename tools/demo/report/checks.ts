import type { Sent } from '../send/send-crowd.js';
import type { ClickStory } from '../story/follow-click.js';
import type { Story } from '../story/tell-story.js';
import type { Verified } from '../verify/verify-records.js';
import type { Walked } from '../channels/play-channels.js';
import { count } from './progress.js';

/** Everything that the demo did. */
export interface DemoResult {
  sent: Sent;
  verified: Verified;
  /** Absent when there is no mailbox to look into. */
  story?: Story;
  /** Absent where no sandbox moves time. */
  walked?: Walked;
  seconds: number;
}

/** One thing that must be so. */
export interface Check {
  holds: boolean;
  says: string;
  /** What speaks against it. */
  details: string[];
}

const check = (holds: boolean, says: string, details: string[] = []): Check => ({ holds, says, details });

/** What the demo promises, and whether it came true. */
export function checksOf({ sent, verified, story, walked }: DemoResult): Check[] {
  return [
    check(
      sent.lost === 0 && sent.delivered === sent.events,
      `${count(sent.delivered)} of ${count(sent.events)} events durable in ${sent.seconds.toFixed(1)} s (${count(sent.delivered / sent.seconds)}/s)`,
      sent.firstLoss === undefined ? [] : [`${count(sent.lost)} lost; the first because: ${sent.firstLoss}`],
    ),
    check(
      verified.right === verified.customers && verified.records === verified.customers,
      `${count(verified.right)} of ${count(verified.customers)} golden records equal the file to the cent (${count(verified.records)} different records)`,
      verified.differences,
    ),
    ...(story
      ? storyChecks(story)
      : [check(false, 'There is no mailbox at /sandbox: the e-mail offers were not looked at')]),
    ...(walked ? walkChecks(walked) : []),
  ];
}

function walkChecks(walked: Walked): Check[] {
  const { walkers, shown, carts, mails, texts, calls, agreed, collected, seconds } = walked;
  return [
    check(
      shown === walkers && mails === carts && texts === walkers,
      `${count(walkers)} walked through the shop: ${count(shown)} were shown an offer, ${count(mails)} of ${count(carts)} carts left behind had a mail, ${count(texts)} had a text an hour later`,
    ),
    check(
      agreed === calls && collected === agreed,
      `${count(calls)} called: ${count(agreed)} agreed on what the agent already knew, ${count(collected)} picked it up at the kiosk (${seconds.toFixed(1)} s, five channels)`,
    ),
  ];
}

function storyChecks({ regulars, mailed, click }: Story): Check[] {
  if (regulars === 0) return [check(true, 'Nobody has spent more than 500 USD, so no offer was due')];
  const before = mailed.earlier > 0 ? `, ${count(mailed.earlier)} of them by an earlier run` : '';
  const offers = check(
    mailed.problems.length === 0 && mailed.mailings.length === regulars,
    `${count(mailed.mailings.length)} of ${count(regulars)} customers above 500 USD were sent the e-mail offer${before}; ${count(mailed.arrived)} mails arrived`,
    mailed.problems.slice(0, 10),
  );
  if (click) return [offers, ...clickChecks(click)];
  return [
    offers,
    check(mailed.arrived === 0, 'No unopened mail is left to answer: earlier runs have done that'),
  ];
}

function clickChecks({
  customer,
  subject,
  answered,
  openOnTimeline,
  clickOnTimeline,
  before,
  after,
}: ClickStory): Check[] {
  const decided = before !== undefined && after !== undefined;
  return [
    check(
      openOnTimeline && clickOnTimeline && answered >= 200 && answered < 400,
      `Customer ${customer} opened "${subject}" and followed its link; opening and click are on the timeline`,
      [
        ...(answered >= 200 && answered < 400
          ? []
          : [`the link answered ${answered || 'nothing: there is none'}`]),
        ...(openOnTimeline ? [] : ['the opening is not on the timeline']),
        ...(clickOnTimeline ? [] : ['the click is not on the timeline']),
      ],
    ),
    check(
      decided && before.priority !== after.priority,
      'The next decision for this customer is another one',
      decided ? [] : ['the offer is not among those that home.hero may show'],
    ),
  ];
}
