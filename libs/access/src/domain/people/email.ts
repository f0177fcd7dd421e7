/** The longest address that SMTP carries (RFC 5321, section 4.5.3.1.3, less the brackets). */
export const MAX_EMAIL = 254;
const EMAIL = /^[^\s@"(),:;<>[\\\]]+@[^\s@"(),:;<>[\\\]]+$/u;

/** How an account's address is compared and kept; undefined for what is none. */
export function normalizeEmail(text: string): string | undefined {
  if (text.length > 4 * MAX_EMAIL) return undefined;
  const email = text.normalize('NFKC').trim().toLowerCase();
  return email.length <= MAX_EMAIL && EMAIL.test(email) && !/\p{Control}/u.test(email) ? email : undefined;
}
