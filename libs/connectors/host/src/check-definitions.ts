import { acceptsSdk, SDK_VERSION, type ConnectorDefinition } from '@repartee/connector-sdk';

/** What forbids to run these connectors together, one line each. */
export function problemsOf(definitions: readonly ConnectorDefinition[]): string[] {
  return definitions.flatMap((definition, index) => {
    const { name, sdk } = definition;
    const problems: string[] = [];
    if (definitions.findIndex((one) => one.name === name) !== index)
      problems.push(`The connector ${name} is registered twice`);
    if (!acceptsSdk(sdk))
      problems.push(`The connector ${name} wants connector SDK ${sdk}; this is ${SDK_VERSION}`);
    return problems;
  });
}
