/** A connector cannot be run; the message is one line for the operator. */
export class ConnectorStartError extends Error {
  override readonly name = 'ConnectorStartError';
}
