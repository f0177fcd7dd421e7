import type { TextMessage } from './text-message.js';
import type { TextQuery } from './message-book.js';

export interface ListQuery {
  To?: string;
  From?: string;
  DateSent?: string;
  'DateSent<'?: string;
  'DateSent>'?: string;
  PageSize?: string;
  Page?: string;
  PageToken?: string;
}

const DAY = 86_400_000;
const MOST = 1000;

/** Dates without a time stand for their day in UTC; `DateSent>` holds from that moment on. */
export function textQuery(query: ListQuery): TextQuery {
  const at = (text: string | undefined) => (text === undefined ? NaN : Date.parse(text));
  const day = at(query.DateSent?.slice(0, 10));
  const from = Number.isNaN(day) ? at(query['DateSent>']) : day;
  const before = Number.isNaN(day) ? at(query['DateSent<']) : day + DAY;
  return {
    ...(query.To !== undefined && { to: query.To }),
    ...(query.From !== undefined && { from: query.From }),
    ...(!Number.isNaN(from) && { sentFrom: from }),
    ...(!Number.isNaN(before) && { sentBefore: before }),
  };
}

/** One page of a listing, in Twilio's frame. The token names the text the page begins behind. */
export function listPage(path: string, query: ListQuery, found: TextMessage[]) {
  const size = Math.min(MOST, Math.max(1, Number(query.PageSize) || 50));
  const page = Math.max(0, Number(query.Page) || 0);
  const behind = query.PageToken?.replace(/^PA/, '');
  const start = behind === undefined ? page * size : found.findIndex(({ sid }) => sid === behind) + 1;
  const messages = found.slice(start, start + size);
  const last = messages.at(-1);
  const more = start + size < found.length && last !== undefined;
  const uri = (number: number, token?: string) => {
    const fields = new URLSearchParams(
      Object.entries(query).filter(([name]) => !['Page', 'PageSize', 'PageToken'].includes(name)),
    );
    fields.set('PageSize', String(size));
    fields.set('Page', String(number));
    if (token !== undefined) fields.set('PageToken', `PA${token}`);
    return `${path}?${fields}`;
  };
  return {
    messages,
    frame: {
      end: Math.max(start, start + messages.length - 1),
      first_page_uri: uri(0),
      next_page_uri: more ? uri(page + 1, last.sid) : null,
      page,
      page_size: size,
      previous_page_uri: page > 0 ? uri(page - 1) : null,
      start,
      uri: uri(page),
    },
  };
}
