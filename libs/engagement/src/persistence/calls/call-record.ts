import { type CallState, type CallStatus, type Verification } from '../../domain/index.js';

/** A call as it is stored. Times in milliseconds since the epoch. */
export interface CallRecord {
  id: string;
  source: string;
  externalId: string;
  state: CallState;
  status: CallStatus;
  /** E.164; null where it is withheld or no number. */
  number: string | null;
  holdUntil: number | null;
  profileId: string | null;
  candidates: string[];
  verified: Verification;
  method: string | null;
  identifiedBy: string | null;
  identifiedAt: number | null;
  dialogueId: string;
  taskId: string | null;
  outcome: string | null;
  outcomeAt: number | null;
  version: number;
}

/** What of a call follows from who the caller is taken for. */
export type CallIdentity = Pick<
  CallRecord,
  'profileId' | 'verified' | 'method' | 'identifiedBy' | 'identifiedAt'
>;

export interface CallRow {
  id: string;
  source: string;
  external_id: string;
  state: CallState;
  status: CallStatus;
  number: string | null;
  hold_until: Date | null;
  profile_id: string | null;
  candidates: string[];
  verified: Verification;
  method: string | null;
  identified_by: string | null;
  identified_at: Date | null;
  dialogue_id: string;
  task_id: string | null;
  outcome: string | null;
  outcome_at: Date | null;
  version: number;
}

export function toCall(row: CallRow): CallRecord {
  return {
    id: row.id,
    source: row.source,
    externalId: row.external_id,
    state: row.state,
    status: row.status,
    number: row.number,
    holdUntil: row.hold_until?.getTime() ?? null,
    profileId: row.profile_id,
    candidates: row.candidates,
    verified: row.verified,
    method: row.method,
    identifiedBy: row.identified_by,
    identifiedAt: row.identified_at?.getTime() ?? null,
    dialogueId: row.dialogue_id,
    taskId: row.task_id,
    outcome: row.outcome,
    outcomeAt: row.outcome_at?.getTime() ?? null,
    version: row.version,
  };
}
