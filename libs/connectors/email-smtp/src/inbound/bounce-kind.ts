/** What a bounce says of its address. */
export interface BounceKind {
  /** Enhanced status code (RFC 3463) where there is one, else the reply code. */
  code: string;
  /** The address will never work. */
  permanent: boolean;
}

/** Address unknown, domain unknown, syntax, moved without trace, null MX (RFC 7505); mailbox disabled; no route. */
const GONE = new Set(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1', '5.4.4']);
/** “Undefined”: says no more than its class. */
const UNDEFINED = /^[245]\.(0|1)\.0$/;
/** Mailbox unavailable, user not local, mailbox name not allowed (RFC 5321 section 4.2.3). */
const GONE_REPLIES = new Set(['550', '551', '553']);
/** The sender is not wanted, or the content; the address is as good as before. */
const POLICY =
  /spam|block|black ?list|policy|reputation|dmarc|spf|dkim|rbl|listed|denied by|content|virus|quota|full|rate/i;
const NOBODY =
  /user unknown|unknown user|no such (user|recipient|address|mailbox|person)|(user|mailbox|recipient|account) (does not|doesn't) exist|(user|mailbox|recipient|account) not found|unrouteable address|no mailbox here by that name|mailbox unavailable|recipient address rejected: access denied|domain (not found|does not exist)|invalid recipient/i;

/**
 * Reads the code of a failure. Servers that hide behind X.0.0 often quote the true one in their words.
 * @param status field of the report, if any
 * @param words the remote server's
 */
export function bounceKind(status: string, words: string): BounceKind {
  const quoted = /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(words)?.[1];
  const given = /^[245]\.\d{1,3}\.\d{1,3}/.exec(status)?.[0];
  const code = given !== undefined && !UNDEFINED.test(given) ? given : (quoted ?? given);
  const reply = /\b([45]\d\d)[ -]/.exec(words)?.[1];
  if (code !== undefined && GONE.has(code)) return { code, permanent: true };
  const lasting = (code ?? reply ?? '5').startsWith('5');
  const open = code === undefined || UNDEFINED.test(code) || code === '5.4.1';
  const nobody = NOBODY.test(words) || (GONE_REPLIES.has(reply ?? '') && !POLICY.test(words));
  return { code: code ?? reply ?? '', permanent: lasting && open && nobody };
}
