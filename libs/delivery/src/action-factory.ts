import { Inject, Injectable } from '@nestjs/common';
import type { Action, MessageLinks } from '@repartee/contracts';
import { CONFIG, type Config, newId } from '@repartee/platform';
import type { CachedProfile } from '@repartee/profile';
import type { Delivery } from './domain/delivery.js';
import { MessageTokens } from './message-tokens.js';

/** Makes of a delivery what its connector gets: address, content, links of its own. */
@Injectable()
export class ActionFactory {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
    @Inject(MessageTokens) private readonly tokens: MessageTokens,
  ) {}

  create(delivery: Delivery, { record, view }: CachedProfile, address: string): Action {
    const { id, channel, offerToken } = delivery;
    const message = this.tokens.seal({ deliveryId: id, profileId: record.id, channel });
    const { publicUrl } = this.config;
    const links = {
      open: `${publicUrl}/o/${message}.gif`,
      unsubscribe: `${publicUrl}/u/${message}`,
      preferences: `${publicUrl}/p/${message}`,
      ...(offerToken !== null && { click: `${publicUrl}/r/${offerToken}` }),
    };
    const name = view.traits['name'];
    return {
      deliveryId: id,
      attemptId: newId(),
      idempotencyKey: delivery.idempotencyKey,
      channel,
      class: delivery.class,
      to: { address, ...(typeof name === 'string' && { name }) },
      ...this.words(delivery, view, links),
      links,
      ...(delivery.validUntil !== null && { expiresAt: new Date(delivery.validUntil).toISOString() }),
      subjectId: record.id,
    };
  }

  /** What a message says to a person. */
  words(
    { content, data }: Delivery,
    profile: CachedProfile['view'],
    links: MessageLinks,
  ): Pick<Action, 'content' | 'data'> {
    return { content, data: { ...data, profile, links } };
  }
}
