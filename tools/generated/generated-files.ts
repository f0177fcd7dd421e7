import { describeApi, describeConnectors } from '@repartee/core';
import { connectorPage } from './connector-page.js';
import { errorsPage } from './errors-page.js';

/** Only pages of connectors lie here, so a page whose connector is gone can be removed. */
export const CONNECTOR_PAGES = 'docs/connectors';

/** Everything that is generated and committed: path in the repository → text. The same code gives the same text. */
export function generatedFiles(): Map<string, string> {
  return new Map([
    ['docs/api/openapi.json', `${JSON.stringify(describeApi(), undefined, 2)}\n`],
    ['docs/api/errors.md', errorsPage()],
    ...describeConnectors().map(
      (connector) => [`${CONNECTOR_PAGES}/${connector.name}.md`, connectorPage(connector)] as const,
    ),
  ]);
}
