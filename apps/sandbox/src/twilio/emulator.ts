import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { FaultBox, NO_TEXT_FAULTS, type TextFaults } from '../faults/faults.js';
import { refused, type ApiError } from './api-errors.js';
import { laterError, magicRefusal } from './magic-numbers.js';
import { MessageBook } from './message-book.js';
import { optWordOf, REPLIES } from './opt-words.js';
import { senderOf, type TextMessage } from './text-message.js';
import { callHub } from './webhooks.js';

export interface TwilioOptions {
  accountSid: string;
  authToken: string;
  messagingServiceSid: string;
  /** What the service sends from. */
  number: string;
  /** Where answers of people go; without it nobody hears them. */
  inboundUrl?: string;
  /** Milliseconds from one status of a text to the next. */
  pace: number;
  /** Texts that are kept. */
  capacity: number;
  random(): number;
  now(): number;
}

/** What `POST …/Messages.json` may ask. */
export interface SendRequest {
  To?: string;
  From?: string;
  MessagingServiceSid?: string;
  Body?: string;
  StatusCallback?: string;
}

const LONGEST_BODY = 1600;
const NUMBER = /^\+[1-9]\d{6,14}$/;
/** The hub did not take an answer. */
const WEBHOOK_FAILED = 11200;

/** Twilio in a box: takes texts, reports on them, and carries answers back. */
export class TwilioEmulator {
  readonly book: MessageBook;
  readonly faults: FaultBox<TextFaults>;
  private stopped = false;

  constructor(readonly options: TwilioOptions) {
    this.book = new MessageBook(options.capacity);
    this.faults = new FaultBox(NO_TEXT_FAULTS, options.random);
  }

  /** Takes a text, or says why not. */
  send(request: SendRequest): { message: TextMessage } | { error: ApiError } {
    const error = this.refusalOf(request);
    if (error) return { error };
    const { To = '', From, Body = '', MessagingServiceSid, StatusCallback } = request;
    const message = this.newMessage({
      direction: 'outbound-api',
      from: From ?? null,
      to: To,
      body: Body,
      status: From === undefined ? 'accepted' : 'queued',
      messagingServiceSid: MessagingServiceSid ?? null,
      callback: StatusCallback ?? null,
    });
    this.book.add(message);
    void this.carry(message.sid);
    return { message: { ...message } };
  }

  /** A person answers from their phone. */
  async answer(phone: string, to: string, body: string): Promise<TextMessage> {
    const message = this.newMessage({
      direction: 'inbound',
      from: phone,
      to,
      body,
      status: 'received',
      messagingServiceSid: to === this.options.number ? this.options.messagingServiceSid : null,
      callback: null,
    });
    this.book.add(message);
    this.obey(message);
    const { inboundUrl, authToken } = this.options;
    if (inboundUrl === undefined) return message;
    const { status, body: reply } = await callHub(inboundUrl, this.inboundForm(message), authToken);
    if (status < 200 || status >= 300) this.book.update(message.sid, { errorCode: WEBHOOK_FAILED });
    else this.obeyTwiml(message, reply);
    return message;
  }

  stop(): void {
    this.stopped = true;
  }

  private refusalOf({ To, From, MessagingServiceSid, Body }: SendRequest): ApiError | undefined {
    if (!To) return refused(21604, "A 'To' phone number is required.");
    if (!From && !MessagingServiceSid)
      return refused(21603, "A 'From' phone number or a Messaging Service is required.");
    if (!Body) return refused(21602, 'Message body is required.');
    if (Body.length > LONGEST_BODY)
      return refused(21617, 'The concatenated message body exceeds the 1600 character limit');
    if (!NUMBER.test(To)) return refused(21211, `Invalid 'To' Phone Number: ${To}`);
    if (!From && MessagingServiceSid !== this.options.messagingServiceSid)
      return refused(21701, `The Messaging Service ${MessagingServiceSid} does not exist`);
    const sender = From ?? MessagingServiceSid ?? '';
    if (this.hasOptedOut(To, sender)) return refused(21610, 'Attempt to send to unsubscribed recipient');
    return magicRefusal(To, From);
  }

  /** The number of the service stands for the service. */
  private hasOptedOut(phone: string, sender: string): boolean {
    const number = sender === this.options.messagingServiceSid ? this.options.number : sender;
    return this.book.hasOptedOut(phone, number);
  }

  /** From queued to delivered, or to its scripted end. */
  private async carry(sid: string): Promise<void> {
    const message = this.book.get(sid);
    const error = message && laterError(message.to);
    const { number, pace, now } = this.options;
    let reports = Promise.resolve();
    for (const status of ['queued', 'sent', error === undefined ? 'delivered' : 'undelivered'] as const) {
      await sleep(pace, undefined, { ref: false });
      if (this.stopped) return;
      const changed = this.book.update(sid, {
        status,
        updatedAt: now(),
        ...(status === 'queued' && { from: message?.from ?? number }),
        ...(status === 'sent' && { sentAt: now() }),
        ...(status === 'undelivered' && { errorCode: error ?? null }),
      });
      const told = changed && { ...changed };
      if (told && this.faults.strikes('lateCallbacks')) void sleep(pace * 3).then(() => this.report(told));
      else if (told) reports = reports.then(() => this.report(told));
    }
  }

  private async report(message: TextMessage): Promise<void> {
    const { callback } = message;
    if (callback === null || this.faults.strikes('lostCallbacks')) return;
    const times = this.faults.strikes('duplicateCallbacks') ? 2 : 1;
    for (let time = 0; time < times && !this.stopped; time += 1)
      await callHub(callback, this.statusForm(message), this.options.authToken);
  }

  /** Twilio keeps its own list of who opted out, and answers the words for it itself. */
  private obey({ from, to, body, messagingServiceSid }: TextMessage): void {
    const word = optWordOf(body);
    const phone = from ?? '';
    if (word === 'STOP') this.book.optOut(phone, to);
    const back = word === 'START' && this.book.optIn(phone, to);
    if (word === 'STOP' || word === 'HELP' || back) this.reply(phone, to, REPLIES[word], messagingServiceSid);
  }

  private obeyTwiml({ from, to, messagingServiceSid }: TextMessage, twiml: string): void {
    const text = /<Message[^>]*>([^<]*)<\/Message>/.exec(twiml)?.[1];
    if (text && !this.book.hasOptedOut(from ?? '', to)) this.reply(from ?? '', to, text, messagingServiceSid);
  }

  private reply(phone: string, from: string, body: string, messagingServiceSid: string | null): void {
    const direction = 'outbound-reply';
    const message = this.newMessage({
      direction,
      from,
      to: phone,
      body,
      status: 'queued',
      messagingServiceSid,
      callback: null,
    });
    this.book.add(message);
    void this.carry(message.sid);
  }

  private newMessage(
    parts: Pick<
      TextMessage,
      'direction' | 'from' | 'to' | 'body' | 'status' | 'messagingServiceSid' | 'callback'
    >,
  ): TextMessage {
    const now = this.options.now();
    return {
      sid: `SM${randomBytes(16).toString('hex')}`,
      ...parts,
      errorCode: null,
      createdAt: now,
      sentAt: parts.direction === 'inbound' ? now : null,
      updatedAt: now,
      seen: parts.direction === 'inbound',
    };
  }

  private statusForm(message: TextMessage): Record<string, string> {
    return {
      ...this.common(message),
      From: senderOf(message),
      MessageStatus: message.status,
      SmsStatus: message.status,
      ...(message.errorCode !== null && { ErrorCode: String(message.errorCode) }),
    };
  }

  private inboundForm(message: TextMessage): Record<string, string> {
    return {
      ...this.common(message),
      From: message.from ?? '',
      SmsMessageSid: message.sid,
      SmsStatus: 'received',
      Body: message.body,
      NumMedia: '0',
      NumSegments: '1',
    };
  }

  private common({ sid, to, messagingServiceSid }: TextMessage): Record<string, string> {
    return {
      AccountSid: this.options.accountSid,
      ApiVersion: '2010-04-01',
      MessageSid: sid,
      SmsSid: sid,
      To: to,
      ...(messagingServiceSid !== null && { MessagingServiceSid: messagingServiceSid }),
    };
  }
}
