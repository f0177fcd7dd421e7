import { acceptsSdk, SDK_VERSION, type ConnectorDefinition } from '@repartee/connector-sdk';

/** Members of the contract that this host does not run yet: a connector that relies on one must not start in silence. */
const NOT_RUN_HERE = ['onEvent'] as const;

/** What forbids to run these connectors together, one line each. */
export function problemsOf(definitions: readonly ConnectorDefinition[]): string[] {
  return definitions.flatMap((definition, index) => {
    const { name, sdk } = definition;
    const problems: string[] = [];
    if (definitions.findIndex((one) => one.name === name) !== index)
      problems.push(`The connector ${name} is registered twice`);
    if (!acceptsSdk(sdk))
      problems.push(`The connector ${name} wants connector SDK ${sdk}; this is ${SDK_VERSION}`);
    const member = NOT_RUN_HERE.find((one) => definition[one] !== undefined);
    if (member) problems.push(`The connector ${name} defines ${member}, which this host does not run`);
    return problems;
  });
}
