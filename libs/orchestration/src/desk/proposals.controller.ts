import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { agentOf } from '@repartee/engagement';
import { ApiDoc, orThrow, ValidBody, ValidParams } from '@repartee/platform';
import { z } from 'zod';
import { Discretion } from '../masking/discretion.js';
import { IdentityChanges } from './identity-changes.js';
import {
  changePreviewSchema,
  decidedSchema,
  decisionSchema,
  heldProposalSchema,
  type IdentityChange,
  lookSchema,
  type ProposalBody,
  type ProposalDecision,
  proposalSchema,
} from './proposal-schemas.js';
import { Proposals } from './proposals.js';

const idSchema = z.object({ id: z.uuid() });
type Id = z.output<typeof idSchema>;
const tags = ['Desk'];

/** Who is who, as agents propose it and supervisors decide. */
@Controller('v1/desk/proposals')
@Allow('server', { scope: 'proposals:write' })
export class ProposalsController {
  constructor(
    @Inject(Proposals) private readonly proposals: Proposals,
    @Inject(IdentityChanges) private readonly changes: IdentityChanges,
    @Inject(Discretion) private readonly discretion: Discretion,
  ) {}

  @Post('preview')
  @HttpCode(200)
  @ApiDoc({
    summary: 'What a merge or split would come to: which golden records, and what moves',
    description: 'Masked, but for a split of a person who is verified in the call `callId`.',
    tags,
    body: lookSchema,
    responses: { 200: changePreviewSchema },
  })
  async preview(
    @Caller() caller: Principal,
    @ValidBody(lookSchema) { callId, ...asked }: z.output<typeof lookSchema>,
  ) {
    const change = orThrow(await this.changes.resolve(asked as IdentityChange));
    // The other side of a merge has proved nothing, whoever is on the phone.
    const proof = change.kind === 'split' ? callId : undefined;
    const known = await this.discretion.mayKnow(caller, change.profileId, proof);
    return orThrow(await this.changes.preview(change, caller.keyId, !known));
  }

  @Post()
  @HttpCode(201)
  @ApiDoc({
    summary: 'Propose a merge or split: it becomes a review that a supervisor decides on',
    tags,
    body: proposalSchema,
    responses: { 201: z.object({ taskId: z.uuid() }) },
  })
  async propose(
    @Caller() caller: Principal,
    @ValidBody(proposalSchema) { callId, reason, ...asked }: ProposalBody,
  ) {
    const change = orThrow(await this.changes.resolve(asked as IdentityChange));
    const by = orThrow(agentOf(caller));
    return orThrow(await this.proposals.propose(change, { reason, by, actor: caller.keyId, callId }));
  }

  @Get(':id')
  @Allow('server', { scope: 'merges:write' })
  @ApiDoc({
    summary: 'A proposal with what it would come to now',
    tags,
    responses: { 200: heldProposalSchema },
  })
  async get(@Caller() caller: Principal, @ValidParams(idSchema) { id }: Id) {
    const { task, kind, reason, by, change } = orThrow(await this.proposals.find(id));
    const open = task.state === 'open' && change !== null;
    const masked = !this.discretion.readsPeople(caller);
    const preview = open ? await this.changes.preview(change, caller.keyId, masked) : undefined;
    return {
      taskId: id,
      kind,
      profileId: task.profileId,
      reason,
      by,
      at: new Date(task.createdAt).toISOString(),
      state: task.state,
      result: task.result,
      preview: preview?.ok ? preview.value : null,
    };
  }

  @Post(':id/decision')
  @HttpCode(200)
  @Allow('server', { scope: 'merges:write' })
  @ApiDoc({
    summary: 'Perform a proposal, or refuse it; with a reason, and audited',
    tags,
    body: decisionSchema,
    responses: { 200: decidedSchema },
  })
  async decide(
    @Caller() caller: Principal,
    @ValidParams(idSchema) { id }: Id,
    @ValidBody(decisionSchema) decision: ProposalDecision,
  ) {
    const done = orThrow(await this.proposals.decide(id, decision, caller.keyId));
    return { taskId: id, result: decision.verdict === 'perform' ? 'performed' : 'refused', ...done };
  }
}
