import { describeSettings, settingVariable, type ConnectorDefinition } from '@repartee/connector-sdk';
import type { Environment, OpenWay, RunningConnector } from './running-connector.js';

/** A connector that runs, and what is seen of it from inside its process. */
export class Hosted {
  #underWay = 0;

  private constructor(
    private readonly definition: ConnectorDefinition,
    private readonly way: OpenWay,
    private running: RunningConnector,
  ) {}

  static async start(
    definition: ConnectorDefinition,
    way: OpenWay,
    settings: Readonly<Record<string, unknown>>,
  ): Promise<Hosted> {
    const { deliver } = definition;
    const seen: { hosted?: Hosted } = {};
    const watched: ConnectorDefinition = {
      ...definition,
      ...(deliver && {
        deliver: (action, context) => {
          const { hosted } = seen;
          if (hosted) hosted.#underWay += 1;
          return deliver(action, context).finally(() => hosted && (hosted.#underWay -= 1));
        },
      }),
    };
    const running = await way.start(watched, environmentOf(definition, settings));
    seen.hosted = new Hosted(watched, way, running);
    return seen.hosted;
  }

  get connector(): RunningConnector {
    return this.running;
  }

  /** Calls of the connector's own `deliver` that have not ended. */
  get underWay(): number {
    return this.#underWay;
  }

  /** Ends it and runs it anew, with other settings. */
  async restart(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.running.stop();
    this.running = await this.way.start(this.definition, environmentOf(this.definition, settings));
  }
}

/** The settings as an operator gives them. */
function environmentOf(
  definition: ConnectorDefinition,
  settings: Readonly<Record<string, unknown>>,
): Environment {
  const variables = new Map(describeSettings(definition).map(({ name, variable }) => [name, variable]));
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      variables.get(name) ?? settingVariable(definition.name, name),
      String(value),
    ]),
  );
}
