import type { ErrorTable } from './error-table.js';

/** Error codes of decisioning. */
export const decisioningErrors = {
  'DECISION.UNKNOWN_ZONE': { status: 422, title: 'There is no such zone' },
  'DECISION.ZONE_OF_OTHER_CHANNEL': { status: 422, title: 'The zone belongs to another channel' },
  'DECISION.OVERLOADED': {
    status: 503,
    title: 'More decisions are waiting to be recorded than may be kept safely',
  },
  'DECISION.NOT_FOUND': { status: 404, title: 'No decision has this id' },
  'DECISION.ERASED': { status: 410, title: 'The receipt went with the person it was about' },
  'OFFER.EXPIRED': { status: 409, title: 'The offer can no longer be accepted' },
  'OFFER.SUPERSEDED': { status: 409, title: 'Other terms of the offer have been agreed on' },
  'NEGOTIATION.NOT_NEGOTIABLE': { status: 409, title: 'Nothing of the offer can be negotiated' },
  'NEGOTIATION.OUT_OF_RANGE': { status: 422, title: 'The offer does not go that far' },
  'NEGOTIATION.BUDGET_EXHAUSTED': { status: 409, title: 'The budget does not hold what it would cost' },
  'NEGOTIATION.CLOSED': { status: 409, title: 'The offer was accepted' },
  'CATALOGUE.EXISTS': { status: 409, title: 'The catalogue has something of this kind and key' },
  'CATALOGUE.REFUSED': { status: 422, title: 'It does not fit into the catalogue; nothing was changed' },
  'CATALOGUE.CHANGE_PENDING': { status: 409, title: 'Another change of it is waiting; call that off first' },
  'CATALOGUE.NOTHING_PENDING': { status: 409, title: 'Nothing is waiting' },
  'CATALOGUE.OWN_CHANGE': { status: 403, title: 'Somebody else has to approve it' },
  'CATALOGUE.UNKNOWN_VERSION': { status: 404, title: 'There is no such version' },
  'CATALOGUE.NOT_FOUND': { status: 404, title: 'Nothing in the catalogue has this key' },
} as const satisfies ErrorTable;
