import {
  settingVariable,
  describeSettings,
  type ConnectorDefinition,
  type DeliveryContext,
} from '@repartee/connector-sdk';
import type { Action, Attempt, CompiledContent, Outcome } from '@repartee/contracts';
import { newId } from '@repartee/platform';
import type { ConnectorSuite } from './connector-suite.js';
import type { Environment, RunningConnector, Way } from './running-connector.js';
import { formsOfSecrets } from './secrets.js';
import type { ProviderAnswer, SimulatedProvider } from './simulated-provider.js';

/** Words with which a provider repeats the credentials it was shown. */
const REPEATED = 'these credentials are not welcome:';

/** One connector on one simulated provider, for the length of one check. */
export class Bench {
  readonly outcomes: Outcome[] = [];
  readonly #content: CompiledContent;
  #actions = 0;

  private constructor(
    readonly definition: ConnectorDefinition,
    readonly suite: ConnectorSuite,
    readonly provider: SimulatedProvider,
    readonly connector: RunningConnector,
    content: CompiledContent,
  ) {
    this.#content = content;
  }

  static async create(definition: ConnectorDefinition, suite: ConnectorSuite, way: Way): Promise<Bench> {
    const provider = (await suite.provider?.()) ?? noProvider;
    try {
      const connector = await way.start(definition, environmentOf(definition, provider.settings));
      const compiled = definition.treatment ? await connector.compile(suite.content) : undefined;
      if (!compiled || compiled.ok)
        return new Bench(definition, suite, provider, connector, compiled?.value ?? {});
      await connector.stop();
      throw new Error(`the suite's content: ${compiled.failure.detail}`);
    } catch (error) {
      await provider.stop();
      throw error;
    }
  }

  /** An action for another person each time. */
  action(more: Partial<Action> = {}): Action {
    const address = this.suite.address?.(this.#actions) ?? `person-${this.#actions}`;
    this.#actions += 1;
    const deliveryId = newId();
    return {
      deliveryId,
      attemptId: newId(),
      idempotencyKey: deliveryId,
      channel: this.definition.channel,
      class: 'transactional',
      to: { address, name: 'Ann Ångström' },
      content: this.#content,
      data: { profile: { traits: { firstName: 'Ann' } } },
      links: {},
      subjectId: newId(),
      ...this.suite.action,
      ...more,
    };
  }

  /** Delivers, and has the provider meet the message with `answer`. */
  async deliver(answer: ProviderAnswer['kind'] | ProviderAnswer, action = this.action()): Promise<Outcome> {
    const wanted = typeof answer === 'string' ? { kind: answer } : answer;
    this.provider.next({ words: this.#repeatedSecrets(), ...wanted });
    return this.#kept(await this.connector.deliver(action));
  }

  async reconcile(action: Action): Promise<Outcome> {
    const { deliveryId, attemptId } = action;
    const attempt: Attempt = { deliveryId, attemptId, startedAt: new Date().toISOString(), action };
    return this.#kept(await this.connector.reconcile(attempt));
  }

  /** What a connector gets when it is called directly, outside of any host. */
  context(signal: AbortSignal, idempotencyKey = newId()): DeliveryContext {
    const silent = () => undefined;
    return {
      settings: this.definition.settings.parse(this.provider.settings),
      resources: this.definition.open?.(),
      http: (url, init) => fetch(url, { ...(init as RequestInit), signal }),
      logger: { debug: silent, info: silent, warn: silent, error: silent },
      clock: { now: () => Date.now() },
      signal,
      idempotencyKey,
    };
  }

  /** What was taken agrees with what was said: accepted is one, rejected is none, unknown is one at most. */
  expectTruth(outcome: Outcome, taken = this.provider.taken().length): void {
    const most = { accepted: 1, rejected: 0, unknown: 1 }[outcome.status];
    const least = outcome.status === 'accepted' ? 1 : 0;
    expect({ outcome, taken, truth: taken >= least && taken <= most }).toMatchObject({ truth: true });
  }

  /** No secret is in anything that leaves the connector. */
  expectNoSecrets(): void {
    const said = JSON.stringify(this.outcomes) + this.connector.logged() + this.connector.health();
    const seen = formsOfSecrets(this.definition, this.provider.settings).filter((one) => said.includes(one));
    expect(seen).toEqual([]);
  }

  async close(): Promise<void> {
    await this.connector.stop();
    await this.provider.stop();
  }

  #kept(outcome: Outcome): Outcome {
    this.outcomes.push(outcome);
    return outcome;
  }

  #repeatedSecrets(): string {
    return [REPEATED, ...formsOfSecrets(this.definition, this.provider.settings)].join(' ');
  }
}

/** The settings as an operator gives them. */
export function environmentOf(
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

const noProvider: SimulatedProvider = {
  settings: {},
  next: () => undefined,
  taken: () => [],
  busy: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};
