import { Injectable } from '@nestjs/common';
import { TokenSigner } from '@repartee/access';

const PURPOSE = 'message';

/** What a link inside a message stands for: this message, to this person. Lives as long as the mail does. */
export interface MessageToken {
  deliveryId: string;
  profileId: string;
  channel: string;
}

@Injectable()
export class MessageTokens {
  constructor(private readonly signer: TokenSigner) {}

  seal({ deliveryId, profileId, channel }: MessageToken): string {
    return this.signer.sign(PURPOSE, [deliveryId, profileId, channel].join(' '));
  }

  open(token: string): MessageToken | undefined {
    const [deliveryId, profileId, channel] = this.signer.open(PURPOSE, token)?.toString().split(' ') ?? [];
    return deliveryId && profileId && channel ? { deliveryId, profileId, channel } : undefined;
  }
}
