import { createHmac, randomUUID } from 'node:crypto';

const PATIENCE = 15_000;

export interface HubAnswer {
  /** 0 when nobody answered. */
  status: number;
  body: string;
}

/** As Twilio signs: the URL as it is called, then each parameter's name and value in order of the names. */
export function signatureOf(authToken: string, url: string, form: Readonly<Record<string, string>>): string {
  const signed = Object.keys(form)
    .sort()
    .reduce((text, name) => `${text}${name}${form[name]}`, url);
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}

/** Calls the hub as Twilio does: a signed form. Never throws. */
export async function callHub(
  url: string,
  form: Readonly<Record<string, string>>,
  authToken: string,
): Promise<HubAnswer> {
  try {
    const called = new URL(url).href;
    const answer = await fetch(called, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'user-agent': 'TwilioProxy/1.1',
        'i-twilio-idempotency-token': randomUUID(),
        'x-twilio-signature': signatureOf(authToken, called, form),
      },
      body: new URLSearchParams(form).toString(),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: answer.status, body: await answer.text() };
  } catch {
    return { status: 0, body: '' };
  }
}
