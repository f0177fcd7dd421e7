/** What an error of Twilio's means to us. */
export interface ErrorMeaning {
  code: string;
  retryable: boolean;
  /** Seconds, where the error itself says how long it lasts. */
  retryAfter?: number;
  /** It says nothing against this text: there are too many before it. */
  wait?: true;
}

/** The person opted out of this sender. */
export const OPTED_OUT = 21610;

/** Numbers that no text will ever reach: not a number, a landline, a short code, out of service. */
const DEAD_NUMBERS: readonly number[] = [21211, 21265, 21614, 21635, 30005, 30006];
/** The number to send from is wrong, not ours, cannot send texts, or its service has none. */
const SENDER: readonly number[] = [21212, 21603, 21606, 21659, 21660, 21661, 21701, 21703, 21704];
/** From here to there is no way, or this account may not take it. */
const NO_WAY: readonly number[] = [21408, 21608, 21612];
const TEXT: readonly number[] = [21602, 21617];

/**
 * Meanings of the codes in answers to a send (https://www.twilio.com/docs/api/errors). What is wrong with the account is
 * the operator's affair and tried again.
 */
export function meaningOf(code: number): ErrorMeaning | undefined {
  if (code === OPTED_OUT) return { code: 'SMS.OPTED_OUT', retryable: false };
  if (isDeadNumber(code)) return { code: 'SMS.ADDRESS_INVALID', retryable: false };
  if (SENDER.includes(code)) return { code: 'SMS.SENDER_REJECTED', retryable: true };
  if (NO_WAY.includes(code)) return { code: 'SMS.NO_ROUTE', retryable: false };
  if (TEXT.includes(code)) return { code: 'SMS.TEXT_REJECTED', retryable: false };
  // The queue of the sender is full: four hours of messages wait.
  if (code === 21611) return { code: 'SMS.SENDER_BUSY', retryable: true, wait: true, retryAfter: 60 };
  return undefined;
}

/** Whether the number itself is the trouble, for good. */
export function isDeadNumber(code: number): boolean {
  return DEAD_NUMBERS.includes(code);
}
