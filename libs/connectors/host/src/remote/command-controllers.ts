import { Controller, Inject, type Type } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type CloudEvent, connectorCommandSchema, connectorQuestionSchema } from '@repartee/contracts';
import { PermanentFailure } from '@repartee/platform';
import type { z } from 'zod';
import { CommandRunner } from './command-runner.js';

/** The bus messages of one connector; patterns are known only when connectors are. */
export function commandController(connector: string): Type<unknown> {
  @Controller()
  class CommandController {
    constructor(@Inject(CommandRunner) private readonly runner: CommandRunner) {}

    @EventPattern<string>(`connector.${connector}.deliver`)
    async deliver(@Payload() event: CloudEvent): Promise<void> {
      await this.runner.carryOut(connector, read(connectorCommandSchema, event), event.traceparent);
    }

    @EventPattern<string>(`connector.${connector}.reconcile`)
    async reconcile(@Payload() event: CloudEvent): Promise<void> {
      await this.runner.reconcile(connector, read(connectorQuestionSchema, event));
    }
  }
  return CommandController;
}

function read<S extends z.ZodType>(schema: S, { data }: CloudEvent): z.output<S> {
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new PermanentFailure(`not a command: ${parsed.error.message}`);
  return parsed.data;
}
