import { DecideInbound } from './decide-inbound.js';
import { EventFacts } from './event-facts.js';
import { FactHandler } from './fact.handler.js';
import { InboundMessages } from './inbound-messages.js';
import { InboundReviewsController } from './inbound-reviews.controller.js';
import { OptFacts } from './opt-facts.js';
import { ReceiptFacts } from './receipt-facts.js';
import { SayConsent } from './say-consent.js';
import { WorkOffFact } from './work-off-fact.js';

/** What providers report, and what it changes. */
export const factsControllers = [FactHandler, InboundReviewsController];

export const factsProviders = [
  DecideInbound,
  EventFacts,
  InboundMessages,
  OptFacts,
  ReceiptFacts,
  SayConsent,
  WorkOffFact,
];
