import { type ConnectorDefinition, isTracking } from '@repartee/connector-sdk';
import {
  attemptedActionSchema,
  hubFacts,
  namesFact,
  type Action,
  type CompiledContent,
  type HeardEvent,
  type Outcome,
} from '@repartee/contracts';
import { newId } from '@repartee/platform';
import type { ConnectorSuite } from './connector-suite.js';
import { Hosted } from './hosted.js';
import type { OpenWay, RunningConnector } from './running-connector.js';
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
    private readonly hosted: Hosted,
    content: CompiledContent,
  ) {
    this.#content = content;
  }

  static async create(definition: ConnectorDefinition, suite: ConnectorSuite, way: OpenWay): Promise<Bench> {
    const provider = (await suite.provider?.()) ?? noProvider;
    try {
      const hosted = await Hosted.start(definition, way, provider.settings);
      const compiled = definition.treatment ? await hosted.connector.compile(suite.content) : undefined;
      if (!compiled || compiled.ok)
        return new Bench(definition, suite, provider, hosted, compiled?.value ?? {});
      await hosted.connector.stop();
      throw new Error(`the suite's content: ${compiled.failure.detail}`);
    } catch (error) {
      await provider.stop();
      throw error;
    }
  }

  get connector(): RunningConnector {
    return this.hosted.connector;
  }

  /** Calls of the connector's own `deliver` that have not ended. */
  get underWay(): number {
    return this.hosted.underWay;
  }

  /** Runs the connector anew, with other settings. */
  restart(settings: Readonly<Record<string, unknown>>): Promise<void> {
    return this.hosted.restart(settings);
  }

  /** An action for another person each time. */
  action(more: Partial<Action> = {}): Action {
    const address = this.suite.address?.(this.#actions, this.provider) ?? `person-${this.#actions}`;
    this.#actions += 1;
    const [deliveryId, attemptId] = [newId(), newId()];
    return {
      deliveryId,
      attemptId,
      idempotencyKey: deliveryId,
      channel: this.definition.channel,
      class: 'transactional',
      to: { address, name: 'Ann Ångström' },
      content: this.#content,
      data: { profile: { traits: { firstName: 'Ann' } } },
      links: { click: `https://hub.example.org/r/${attemptId}` },
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

  /** Something that the connector subscribes to, about another person each time. */
  event(): HeardEvent {
    const [first = '*'] = this.definition.subscribes ?? [];
    const common = { id: newId(), subjectId: newId(), at: new Date().toISOString() };
    const fact = isTracking(first) ? undefined : hubFacts.find((one) => namesFact([first], one));
    if (fact) return { ...common, kind: 'fact', fact, data: { profileId: common.subjectId } };
    const event = first === '*' ? 'Order Completed' : first;
    const properties = { total: 12.5, currency: 'EUR' };
    return { ...common, kind: 'tracking', event: { type: 'track', event, userId: 'ann', properties } };
  }

  /** Tells it something, and has the provider meet that with `kind`. */
  async hear(kind: ProviderAnswer['kind'], event = this.event()): Promise<Outcome> {
    this.provider.next({ words: this.#repeatedSecrets(), kind });
    return this.#kept(await this.connector.hear(event));
  }

  async reconcile(action: Action): Promise<Outcome> {
    const { deliveryId, attemptId } = action;
    // What was said may be past saying again.
    const said = attemptedActionSchema.parse(action);
    const attempt = { deliveryId, attemptId, startedAt: new Date().toISOString(), action: said };
    return this.#kept(await this.connector.reconcile(attempt));
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

const noProvider: SimulatedProvider = {
  settings: {},
  next: () => undefined,
  taken: () => [],
  busy: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};
