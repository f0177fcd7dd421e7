import { segmentationOf } from '../segments.js';

/** A message resource of Twilio's API. */
export type StandInMessage = ReturnType<typeof messageOf>;

const ACCOUNT = `AC${'1'.repeat(32)}`;
const PATH = `/2010-04-01/Accounts/${ACCOUNT}/Messages`;

export function messageOf(form: URLSearchParams, number: number) {
  const sid = `SM${number.toString(16).padStart(32, '0')}`;
  const from = form.get('From');
  const body = form.get('Body') ?? '';
  const date = rfc2822(Date.now());
  return {
    account_sid: ACCOUNT,
    api_version: '2010-04-01',
    body,
    date_created: date,
    date_sent: null as string | null,
    date_updated: date,
    direction: 'outbound-api',
    error_code: null,
    error_message: null,
    from,
    messaging_service_sid: form.get('MessagingServiceSid'),
    num_media: '0',
    num_segments: String(segmentationOf(body).segments),
    price: null,
    price_unit: 'USD',
    sid,
    status: from === null ? 'accepted' : 'queued',
    subresource_uris: { media: `${PATH}/${sid}/Media.json` },
    to: form.get('To') ?? '',
    uri: `${PATH}/${sid}.json`,
  };
}

/** The first page of a listing; a message without a date of sending is left out where one is asked for. */
export function pageOf(path: string, query: URLSearchParams, all: readonly StandInMessage[]) {
  const sentAfter = Date.parse(query.get('DateSent>') ?? '');
  const messages = all
    .filter(
      ({ to, from, date_sent }) =>
        (query.get('To') ?? to) === to &&
        (query.get('From') ?? from) === from &&
        (Number.isNaN(sentAfter) || (date_sent !== null && Date.parse(date_sent) >= sentAfter)),
    )
    .toReversed();
  const uri = `${path}?${query}`;
  return {
    end: Math.max(0, messages.length - 1),
    first_page_uri: uri,
    next_page_uri: null,
    page: 0,
    page_size: Number(query.get('PageSize') ?? 50),
    previous_page_uri: null,
    start: 0,
    uri,
    messages,
  };
}

export function rfc2822(time: number): string {
  return new Date(time).toUTCString().replace('GMT', '+0000');
}
