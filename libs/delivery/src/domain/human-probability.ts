/** What can be seen of a request for a link in a message. */
export interface LinkSigns {
  method: string;
  userAgent: string | undefined;
  /** `Sec-Purpose`, `Purpose`, `X-Moz`, `X-Purpose`: browsers say so when they fetch ahead. */
  purpose: string | undefined;
  /** Since the provider took the message; undefined where that is not known. */
  secondsSinceSent: number | undefined;
  /** Other requests for links of the same message within a second of this one. */
  othersWithinSecond: number;
}

/** Odds that a request without any sign is a person's: 19 to 1. */
const PRIOR = 19;

/** Scanners of mail gateways, previews of messengers, and what fetches without anybody looking. */
const MACHINES =
  /bot\b|bot\/|crawler|spider|preview|scanner|proofpoint|mimecast|barracuda|safelinks|trendmicro|symantec|fireeye|forcepoint|sophos|cloudmark|urldefense|facebookexternalhit|whatsapp|slackbot|telegrambot|skypeuripreview|headlesschrome|phantomjs/i;
/** Libraries: programs in data centres. */
const LIBRARIES =
  /^(curl|wget|python|go-http-client|java|okhttp|axios|node|undici|libwww|ruby|php|guzzle|apache-httpclient)\b/i;
/** Mail clients that fetch images for everybody on arrival say no more than this (Apple Mail Privacy Protection). */
const BARE = /^Mozilla\/5\.0$/;

/** How much less likely a person is, by each sign. Rules of thumb, on purpose mild where people do the same. */
const FACTORS = {
  head: 0.002,
  prefetch: 0.01,
  machine: 0.01,
  library: 0.02,
  noAgent: 0.05,
  bare: 0.15,
  withinSeconds: 0.1,
  withinHalfMinute: 0.5,
  other: 0.2,
} as const;

/**
 * How likely a person, not a scanner or a prefetch, asked for a link in a message. Signs are weighed as independent
 * evidence by their odds (naive Bayes). A probability, no veto: learners weight the response by it.
 * @returns in (0, 1)
 */
export function humanProbability(signs: LinkSigns): number {
  const { method, userAgent = '', purpose = '', secondsSinceSent, othersWithinSecond } = signs;
  let odds = PRIOR;
  if (method === 'HEAD') odds *= FACTORS.head;
  if (/prefetch|prerender|preview/i.test(purpose)) odds *= FACTORS.prefetch;
  if (userAgent === '') odds *= FACTORS.noAgent;
  else if (MACHINES.test(userAgent)) odds *= FACTORS.machine;
  else if (LIBRARIES.test(userAgent)) odds *= FACTORS.library;
  else if (BARE.test(userAgent)) odds *= FACTORS.bare;
  if (secondsSinceSent !== undefined && secondsSinceSent < 5) odds *= FACTORS.withinSeconds;
  else if (secondsSinceSent !== undefined && secondsSinceSent < 30) odds *= FACTORS.withinHalfMinute;
  odds *= FACTORS.other ** Math.min(othersWithinSecond, 4);
  return Math.round((odds / (1 + odds)) * 10_000) / 10_000;
}
