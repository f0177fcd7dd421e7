import { Injectable } from '@nestjs/common';
import { TokenSigner } from '@repartee/access';
import { decodeOfferToken, encodeOfferToken, type OfferToken } from '../domain/index.js';

const PURPOSE = 'offer';

/** Seals and opens what stands for one offer shown to one person. */
@Injectable()
export class OfferTokens {
  constructor(private readonly signer: TokenSigner) {}

  seal(token: OfferToken): string {
    return this.signer.sign(PURPOSE, encodeOfferToken(token));
  }

  /** What the token says, or `null` when it is none of ours. An expired one opens: that is for the response to judge. */
  open(token: string): OfferToken | null {
    const payload = this.signer.open(PURPOSE, token);
    return payload && decodeOfferToken(payload);
  }
}
