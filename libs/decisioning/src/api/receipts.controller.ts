import { Controller, Get } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { failure } from '@repartee/contracts';
import { ApiDoc, ProblemError, ValidParams } from '@repartee/platform';
import { type CompletedReceipt, FirstChances } from './first-chances.js';
import { decisionIdSchema, completedReceiptSchema, type DecisionId } from './receipt-schemas.js';
import { Receipts } from './receipts.js';

/** `/v1/decisions/{id}`. Deciding itself wants to know the person first, and so is a use case above this scope. */
@Allow('server')
@Controller('v1/decisions')
export class ReceiptsController {
  constructor(
    private readonly receipts: Receipts,
    private readonly chances: FirstChances,
  ) {}

  @Get(':id')
  @ApiDoc({
    summary:
      'The receipt of a decision: every offer considered, with its numbers or the rule that dropped it',
    responses: { 200: completedReceiptSchema },
  })
  async get(@ValidParams(decisionIdSchema) { id }: DecisionId): Promise<CompletedReceipt> {
    const receipt = await this.receipts.find(id.toLowerCase());
    if (!receipt) throw new ProblemError(failure('DECISION.NOT_FOUND', `There is no decision ${id}.`));
    if (receipt === 'erased')
      throw new ProblemError(failure('DECISION.ERASED', 'The person of this decision was erased.'));
    return this.chances.complete(receipt);
  }
}
