import type { ErrorTable } from './error-table.js';

/** Error codes of connectors and their host. */
export const connectorErrors = {
  'CONNECTOR.NOT_FOUND': { status: 404, title: 'No connector has this name' },
  'CONNECTOR.UNKNOWN_CHANNEL': { status: 422, title: 'No connector takes content for this channel' },
  'CONNECTOR.INVALID_CONTENT': { status: 422, title: 'The content is not what this channel takes' },
  'CONNECTOR.NOT_CONFIGURED': { status: 503, title: 'The connector lacks settings' },
  'CONNECTOR.UNREACHABLE': { status: 503, title: 'No process that runs the connector answers' },
  'CONNECTOR.SETTINGS_FAILED': { status: 502, title: 'The connector’s settings do not work' },
  'CONNECTOR.SETTINGS_REFUSED': { status: 422, title: 'The provider does not take these settings' },
  'CONNECTOR.NO_WEBHOOKS': { status: 404, title: 'The connector takes no webhooks' },
  'CONNECTOR.FORGED': { status: 403, title: 'The signature is not the provider’s' },
  'CONNECTOR.WEBHOOK_UNREADABLE': { status: 502, title: 'The connector could not read the webhook' },
} as const satisfies ErrorTable;
