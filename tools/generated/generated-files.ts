import { describeApi, describeBus, describeConnectors, describeManifest } from '@repartee/core';
import { connectorPage, END_OF_GENERATED } from './connector-page.js';
import { errorsPage } from './errors-page.js';
import { rolesPage } from './roles-page.js';

/** Only pages of connectors lie here, so a page whose connector is gone can be removed. */
export const CONNECTOR_PAGES = 'docs/connectors';

/** Everything that is generated and committed: path in the repository → text. The same code gives the same text. */
export function generatedFiles(): Map<string, string> {
  return new Map([
    ['docs/api/openapi.json', `${JSON.stringify(describeApi(), undefined, 2)}\n`],
    ['docs/api/asyncapi.json', `${JSON.stringify(describeBus(), undefined, 2)}\n`],
    ['docs/api/connector-manifest.json', `${JSON.stringify(describeManifest(), undefined, 2)}\n`],
    ['docs/api/errors.md', errorsPage()],
    ['docs/guides/roles.md', rolesPage()],
    ...describeConnectors().map(
      (connector) => [`${CONNECTOR_PAGES}/${connector.name}.md`, connectorPage(connector)] as const,
    ),
  ]);
}

/** What a file is to hold: what is generated, and below it what somebody wrote there by hand. */
export function withHandwritten(generated: string, existing: string | undefined): string {
  const [, handwritten] = existing?.split(END_OF_GENERATED) ?? [];
  return generated.includes(END_OF_GENERATED) && handwritten !== undefined
    ? generated.trimEnd() + handwritten
    : generated;
}
