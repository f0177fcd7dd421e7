import type { Fact } from '@repartee/connector-sdk';
import { mayBeAnswer, optWordOf } from './opt-words.js';
import { looksLikeRefusal } from './refusals.js';
import { optScope, type OptSettings } from './opt-scope.js';

/** What Advanced Opt-Out calls the words it was configured with. */
const OPT_OUT_TYPES: Readonly<Record<string, 'opt-out' | 'opt-in'>> = { STOP: 'opt-out', START: 'opt-in' };
const MOST_MEDIA = 10;

/** What a person sent: an opt-out, an opt-in, or words for the dialogue. */
export function factsOfMessage(form: URLSearchParams, settings: OptSettings): Fact[] {
  const sid = form.get('MessageSid') ?? form.get('SmsSid') ?? '';
  const address = form.get('From') ?? '';
  const text = form.get('Body') ?? '';
  const sender = form.get('MessagingServiceSid') ?? form.get('To') ?? '';
  if (sid === '' || address === '') return [];
  const who = { address, ...(sender !== '' && { sender }) };
  const message: Fact = {
    kind: 'message',
    id: sid,
    ...who,
    text,
    providerId: sid,
    ...mediaOf(form),
    ...(looksLikeRefusal(text) && { looksLikeRefusal: true }),
  };
  const opted = OPT_OUT_TYPES[form.get('OptOutType') ?? ''] ?? optWordOf(text);
  if (opted === undefined || form.get('OptOutType') === 'HELP') return [message];
  const opting: Fact = { kind: opted, id: `${sid}:${opted}`, ...who, ...optScope(settings), text };
  return opted === 'opt-in' && mayBeAnswer(text) ? [opting, message] : [opting];
}

function mediaOf(form: URLSearchParams): { media?: { url: string; contentType?: string }[] } {
  const count = Math.min(MOST_MEDIA, Number(form.get('NumMedia') ?? 0) || 0);
  const media = Array.from({ length: count }, (_, at) => ({
    url: form.get(`MediaUrl${at}`) ?? '',
    contentType: form.get(`MediaContentType${at}`) ?? '',
  })).filter(({ url }) => url !== '');
  return media.length > 0 ? { media } : {};
}
