export type TextStatus =
  'accepted' | 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';

/** One text as the emulator keeps it. Times in milliseconds since the epoch. */
export interface TextMessage {
  sid: string;
  direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  /** Null while a Messaging Service has not chosen yet. */
  from: string | null;
  to: string;
  body: string;
  status: TextStatus;
  errorCode: number | null;
  messagingServiceSid: string | null;
  createdAt: number;
  sentAt: number | null;
  updatedAt: number;
  /** Where its statuses are reported. */
  callback: string | null;
  /** Whether somebody read it on the phone screen. */
  seen: boolean;
}

/** The person's side of it: the number of their phone. */
export function phoneOf({ direction, from, to }: TextMessage): string {
  return direction === 'inbound' ? (from ?? '') : to;
}

/** The other side: the number that the hub sends from, or its service. */
export function senderOf({ direction, from, to, messagingServiceSid }: TextMessage): string {
  return (direction === 'inbound' ? to : from) ?? messagingServiceSid ?? '';
}
