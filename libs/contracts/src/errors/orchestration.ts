import type { ErrorTable } from './error-table.js';

/** Error codes of the use cases that cross scopes. */
export const orchestrationErrors = {
  'APPLY.MALFORMED': { status: 400, title: 'The configuration is neither YAML nor JSON' },
  'APPLY.REFUSED': { status: 422, title: 'The configuration was refused; nothing was applied' },
  'DECISION.IDENTIFIER_NOT_ALLOWED': { status: 403, title: 'A session speaks for its own visitor alone' },
  'SIMULATION.NOT_FOUND': { status: 404, title: 'No simulation or evaluation has this id' },
  'SIMULATION.WRONG_STATE': { status: 409, title: 'The simulation or evaluation is over' },
  'SIMULATION.TOO_MANY': { status: 429, title: 'Too many simulations and evaluations wait already' },
  'RESPONSE.INVALID_TOKEN': { status: 422, title: 'The token is not one of ours' },
  'DIALOGUE.NOT_FOUND': { status: 404, title: 'No such conversation' },
  'DIALOGUE.IN_THE_FUTURE': { status: 422, title: 'What is yet to be said cannot be noted' },
  'DIALOGUE.REVIEW_NOT_FOUND': { status: 404, title: 'No message waits under this id' },
  'DIALOGUE.REVIEW_DECIDED': { status: 409, title: 'Somebody has said otherwise before' },
  'MESSAGE.UNKNOWN_CONTENT': { status: 422, title: 'No such template or offer on this channel' },
  'WEBHOOK.NOT_FOUND': { status: 404, title: 'No such webhook' },
  'WEBHOOK.ATTEMPT_NOT_FOUND': { status: 404, title: 'No such attempt' },
  'WEBHOOK.DISABLED': { status: 409, title: 'The webhook is disabled' },
  'WEBHOOK.PRIVATE_ADDRESS': { status: 422, title: 'Webhooks go to public addresses' },
  'LINK.INVALID': { status: 404, title: 'This link is not one of ours' },
} as const satisfies ErrorTable;
