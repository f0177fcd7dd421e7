import type { TwilioEmulator } from '../twilio/emulator.js';
import { segmentCount } from '../twilio/segment-count.js';
import { senderOf, type TextMessage } from '../twilio/text-message.js';
import type { Conversation, PhoneSummary, PhoneText } from './phone.js';

/** What the people see of the emulator: their phones. */
export class PhoneBook {
  constructor(private readonly emulator: TwilioEmulator) {}

  list(): PhoneSummary[] {
    return this.emulator.book.phones().map(({ number, last, count, unread }) => ({
      number,
      preview: last.body,
      date: new Date(last.createdAt).toISOString(),
      count,
      unread,
    }));
  }

  counts(): { phones: number; unread: number } {
    const phones = this.emulator.book.phones();
    return { phones: phones.length, unread: phones.reduce((sum, phone) => sum + phone.unread, 0) };
  }

  /** The conversation of one phone; a phone without texts has an empty one. */
  conversation(number: string): Conversation {
    const { book, options } = this.emulator;
    const texts = book.conversation(number);
    const newest = texts.at(-1);
    const sender = (newest && senderOf(newest)) || options.number;
    const known = sender === options.messagingServiceSid ? options.number : sender;
    return {
      number,
      sender: known,
      optedOut: book.hasOptedOut(number, known),
      texts: texts.map(phoneText),
    };
  }

  /** Everything on a phone counts as read. */
  markSeen(number: string): void {
    const { book } = this.emulator;
    for (const { sid, seen } of book.conversation(number)) if (!seen) book.update(sid, { seen: true });
  }

  async answer(number: string, text: string): Promise<PhoneText> {
    const { sender } = this.conversation(number);
    const message = await this.emulator.answer(number, sender, text);
    return phoneText(message);
  }
}

function phoneText(message: TextMessage): PhoneText {
  const { sid, direction, body, status, errorCode, createdAt } = message;
  return {
    id: sid,
    by: direction === 'inbound' ? 'person' : 'hub',
    sender: senderOf(message),
    text: body,
    status,
    error: errorCode,
    date: new Date(createdAt).toISOString(),
    segments: segmentCount(body),
  };
}
