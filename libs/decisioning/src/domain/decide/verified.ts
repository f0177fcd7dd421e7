/**
 * Whether it is known for sure who the person is. `verified` of a decision's context says so: a call's verification, or
 * the word of the server that asks. Sessions of browsers cannot say it of themselves.
 */
export function isVerified(context: { verified?: unknown }): boolean {
  return context.verified === 'full';
}
