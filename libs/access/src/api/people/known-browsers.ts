import { Injectable } from '@nestjs/common';
import { newId } from '@repartee/platform';
import { TokenSigner } from '../token-signer.js';

const PURPOSE = 'device';
/** A year: who is away for longer counts as new. */
export const KNOWN_BROWSER_SECONDS = 31_536_000;

/**
 * Browsers in which a person signed in before, as OWASP's device cookies have it: their tries are counted apart, so
 * that nobody keeps a person out of their own browser by guessing elsewhere.
 */
@Injectable()
export class KnownBrowsers {
  constructor(private readonly signer: TokenSigner) {}

  /** The browser's id, where this account's person signed in there. */
  read(token: string | undefined, accountId: string): string | undefined {
    const payload = token === undefined ? null : this.signer.open(PURPOSE, token);
    if (!payload) return undefined;
    const [owner, browser] = JSON.parse(payload.toString()) as [string, string];
    return owner === accountId ? browser : undefined;
  }

  issue(accountId: string, browser = newId()): string {
    return this.signer.sign(PURPOSE, JSON.stringify([accountId, browser]));
  }
}
