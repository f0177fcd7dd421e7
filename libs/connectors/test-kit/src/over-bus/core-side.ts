import { Controller, Inject, Injectable, Module } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { BegunInbox, ConnectorHost, ConnectorHostModule, ConnectorReports } from '@repartee/connector-host';
import {
  type ConnectorDefinition,
  type ConnectorQuestionName,
  rejected,
  type TemplateData,
  unknown,
} from '@repartee/connector-sdk';
import {
  type Action,
  type Attempt,
  type CloudEvent,
  type CompiledContent,
  connectorAnswerSchema,
  type ConnectorCommand,
  type ConnectorQuestion,
  type Outcome,
  renderAnswerSchema,
} from '@repartee/contracts';
import {
  Bus,
  connectBus,
  createHttpApplication,
  Database,
  HousekeepingModule,
  Requests,
  TravellingMessages,
} from '@repartee/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import { processGround } from '../process-ground.js';
import type { BusGround } from './bus-ground.js';

/** Milliseconds a command lasts: longer than any check. */
const LASTS = 120_000;
const LOOK_EVERY = 10;

/** When no process runs the connector any more, and what is then known of an attempt. */
export interface Ended {
  signal: AbortSignal;
  giveUp(attemptId: string): Promise<Outcome>;
}

/** Hands messages over as the core does, and hears what became of them. */
@Injectable()
export class Commands {
  private readonly waiting = new Map<string, (outcome: Outcome) => void>();

  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Database) private readonly database: Database,
    @Inject(BegunInbox) private readonly begun: BegunInbox,
    @Inject(Requests) private readonly requests: Requests,
    @Inject(TravellingMessages) private readonly travelling: TravellingMessages,
  ) {}

  /** Resolves when a host of the connector answers. */
  async answered(connector: string, question: string): Promise<void> {
    const asked = () => this.requests.request(`connector.${connector}.${question}`, {}, 1000);
    for (let answer = await asked(); !answer.ok; answer = await asked()) await sleep(LOOK_EVERY);
  }

  deliver(connector: string, action: Action, ended: Ended): Promise<Outcome> {
    const data: ConnectorCommand = { action, deadline: new Date(Date.now() + LASTS).toISOString() };
    return this.ask(`connector.${connector}.deliver`, action.attemptId, data, ended);
  }

  reconcile(connector: string, attempt: Attempt, ended: Ended): Promise<Outcome> {
    const data: ConnectorQuestion = { attempt };
    return this.ask(`connector.${connector}.reconcile`, attempt.attemptId, data, ended);
  }

  async render(connector: string, content: CompiledContent, data: TemplateData): Promise<unknown> {
    const answer = await this.requests.request(`connector.${connector}.render`, { content, data }, LASTS);
    const parsed = renderAnswerSchema.parse(answer.ok ? answer.value : { error: answer.failure });
    return 'rendered' in parsed ? parsed.rendered : undefined;
  }

  hear(attemptId: string, outcome: Outcome): void {
    this.waiting.get(attemptId)?.(outcome);
  }

  /** Takes out what nobody took up, once it has left the outbox. */
  async withdraw(connector: string): Promise<void> {
    const type = `connector.${connector}.`;
    const waiting = () =>
      this.database.query(`SELECT 1 FROM bus_message WHERE starts_with(type, $1) LIMIT 1`, [type]);
    while ((await waiting()).length > 0) await sleep(LOOK_EVERY);
    const left: number[] = [];
    for await (const message of this.travelling.list())
      if (message.type.startsWith(type)) left.push(message.key);
    await this.travelling.remove(left);
  }

  /** From now on nobody may begin it. */
  async giveUp(connector: string, attemptId: string): Promise<Outcome> {
    const found = await this.begun.begin(connector, attemptId);
    if (found.state === 'over') return found.outcome;
    return found.state === 'new'
      ? rejected('CONNECTOR.NOT_BEGUN', { retryable: true })
      : unknown('the host ended');
  }

  private async ask(type: string, attemptId: string, data: unknown, ended: Ended): Promise<Outcome> {
    if (ended.signal.aborted) return ended.giveUp(attemptId);
    const heard = new Promise<Outcome>((resolve) => this.waiting.set(attemptId, resolve));
    await this.database.transaction((tx) => this.bus.publish(tx, [{ type, subject: attemptId, data }]));
    const over = new Promise<void>((resolve) => {
      // It may have ended while the question was written down.
      if (ended.signal.aborted) resolve();
      else ended.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    return Promise.race([heard, over.then(() => ended.giveUp(attemptId))]);
  }
}

@Controller()
class Outcomes {
  constructor(@Inject(Commands) private readonly commands: Commands) {}

  @EventPattern('connector.outcome')
  hear(@Payload() { data }: CloudEvent): void {
    const { attemptId, outcome } = connectorAnswerSchema.parse(data);
    this.commands.hear(attemptId, outcome);
  }
}

/** The core's side of the bus: it knows the connector and has none of its settings. */
export async function startCoreSide(
  definition: ConnectorDefinition,
  bus: BusGround,
  answers?: readonly ConnectorQuestionName[],
) {
  const ground = await processGround();
  const host = ConnectorHostModule.forRoot({
    definitions: [definition],
    elsewhere: new Set([definition.name]),
    ...(answers && { answers: new Map([[definition.name, answers]]) }),
    environment: {},
  });
  @Module({
    imports: [ground.module, ...bus.modules('/repartee/core'), HousekeepingModule, host],
    controllers: [Outcomes],
    providers: [Commands, BegunInbox],
  })
  class Core {}
  const app = await createHttpApplication(Core, { logger: ground.logger });
  connectBus(app);
  await app.init();
  await app.startAllMicroservices();
  return {
    host: app.get(ConnectorHost),
    reports: app.get(ConnectorReports),
    commands: app.get(Commands),
    logged: ground.logged,
    close: () => app.close(),
  };
}
export type CoreSide = Awaited<ReturnType<typeof startCoreSide>>;
