import {
  connectorQuestions,
  type ConnectorDefinition,
  type ConnectorQuestionName,
} from '@repartee/connector-sdk';
import type { AskedConnector } from './asked-connector.js';

/**
 * A connector as the core sees it while other processes run it: what belongs to its settings, its provider and its
 * libraries is asked there. Messages and questions of what became of them go over the bus and do not come here.
 * @param answers what it answers; all unless told
 */
export function runElsewhere(
  definition: ConnectorDefinition,
  asked: AskedConnector,
  answers: readonly ConnectorQuestionName[] = connectorQuestions,
): ConnectorDefinition {
  const { treatment, poll, forget, onEvent } = definition;
  return {
    ...definition,
    ...(treatment &&
      answers.includes('compile') && {
        treatment: {
          ...treatment,
          // The same code is here too, for while none of those processes runs.
          compile: async (content, tools) =>
            (await asked.compile(content)) ?? treatment.compile(content, tools),
        },
      }),
    ...(answers.includes('checkSettings') && { checkSettings: () => asked.checkSettings() }),
    ...(poll && { poll: (cursor) => asked.poll(cursor) }),
    ...(onEvent && { onEvent: (event) => asked.hear(event) }),
    ...(forget && { forget: (subject) => asked.forget(subject) }),
  };
}
