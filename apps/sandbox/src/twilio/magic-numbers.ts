import { refused, type ApiError } from './api-errors.js';

/** Numbers that fail as Twilio's test credentials do (https://www.twilio.com/docs/iam/test-credentials). */
const TO: Readonly<Record<string, ApiError>> = {
  '+15005550001': refused(21211, "Invalid 'To' Phone Number: +15005550001"),
  '+15005550002': refused(21612, 'Message cannot be sent with the current combination of To and From'),
  '+15005550003': refused(21408, 'Permission to send an SMS has not been enabled for the region'),
  '+15005550004': refused(21610, 'Attempt to send to unsubscribed recipient'),
  '+15005550009': refused(21614, "'To' number is not a valid mobile number"),
};
const FROM: Readonly<Record<string, ApiError>> = {
  '+15005550001': refused(21212, "The 'From' number +15005550001 is not a valid phone number"),
  '+15005550007': refused(21606, "The 'From' phone number is not a valid, SMS-capable inbound number"),
  '+15005550008': refused(21611, "This 'From' number has exceeded the maximum number of queued messages"),
};
/** Ours: +1 500 555 1xxx are no numbers either. */
const NO_NUMBER = /^\+15005551\d{3}$/;
/** Ours: texts to +1 500 555 3xxx are taken and then fail with error 30xxx. */
const FAILS_LATER = /^\+15005553(\d{3})$/;

export function magicRefusal(to: string, from: string | undefined): ApiError | undefined {
  if (NO_NUMBER.test(to)) return refused(21211, `Invalid 'To' Phone Number: ${to}`);
  return TO[to] ?? (from === undefined ? undefined : FROM[from]);
}

/** The error a text to this number ends with, after it was taken. */
export function laterError(to: string): number | undefined {
  const digits = FAILS_LATER.exec(to)?.[1];
  return digits === undefined ? undefined : Number(`30${digits}`);
}
