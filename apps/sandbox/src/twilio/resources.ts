import { segmentCount } from './segment-count.js';
import type { TextMessage } from './text-message.js';

const API = '/2010-04-01';

/** A text as the API shows it. */
export function messageResource(accountSid: string, message: TextMessage) {
  const uri = `${API}/Accounts/${accountSid}/Messages/${message.sid}`;
  const undecided = message.from === null;
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt === null ? null : rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: null,
    from: message.from,
    messaging_service_sid: message.messagingServiceSid,
    num_media: '0',
    num_segments: undecided ? '0' : String(segmentCount(message.body)),
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json`, feedback: `${uri}/Feedback.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

export function accountResource(accountSid: string, startedAt: number) {
  const uri = `${API}/Accounts/${accountSid}`;
  return {
    auth_token: null,
    date_created: rfc2822(startedAt),
    date_updated: rfc2822(startedAt),
    friendly_name: 'Repartee sandbox',
    owner_account_sid: accountSid,
    sid: accountSid,
    status: 'active',
    subresource_uris: { messages: `${uri}/Messages.json` },
    type: 'Full',
    uri: `${uri}.json`,
  };
}

export function serviceResource(accountSid: string, sid: string, startedAt: number) {
  const date = `${new Date(startedAt).toISOString().slice(0, 19)}Z`;
  const url = `https://messaging.twilio.com/v1/Services/${sid}`;
  return {
    sid,
    account_sid: accountSid,
    friendly_name: 'Repartee sandbox',
    date_created: date,
    date_updated: date,
    inbound_request_url: null,
    inbound_method: 'POST',
    fallback_url: null,
    fallback_method: 'POST',
    status_callback: null,
    sticky_sender: true,
    mms_converter: true,
    smart_encoding: false,
    scan_message_content: 'inherit',
    fallback_to_long_code: false,
    area_code_geomatch: false,
    synchronous_validation: false,
    validity_period: 14400,
    url,
    links: { phone_numbers: `${url}/PhoneNumbers` },
    usecase: 'undeclared',
    us_app_to_person_registered: false,
    use_inbound_webhook_on_number: false,
  };
}

function rfc2822(time: number): string {
  return new Date(time).toUTCString().replace('GMT', '+0000');
}
