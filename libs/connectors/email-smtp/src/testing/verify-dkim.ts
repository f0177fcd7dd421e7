import { dkimVerify } from 'mailauth/lib/dkim/verify.js';

export interface DkimVerdict {
  /** `pass`, `fail`, `neutral`, … (RFC 8601 section 2.7.1). */
  result: string;
  domain: string;
  selector: string;
  algorithm: string;
  /** Header fields the signature covers, in lower case. */
  signed: string[];
}

/** Has mailauth, which did not sign, judge a mail’s DKIM signature against a key as DNS would hold it. */
export async function verifyDkim(raw: Buffer, publicKey: string): Promise<DkimVerdict | undefined> {
  const key = publicKey.replace(/-----[^-]+-----|\s/g, '');
  const { results } = await dkimVerify(raw, {
    resolver: () => Promise.resolve([[`v=DKIM1; k=rsa; p=${key}`]]),
  });
  const [one] = results;
  return one?.signingDomain === undefined
    ? undefined
    : {
        result: one.status.result,
        domain: one.signingDomain,
        selector: one.selector,
        algorithm: one.algo,
        signed: (one.signingHeaders?.keys ?? '').toLowerCase().split(/[:\s]+/),
      };
}
