import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, newId, type Transaction } from '@repartee/platform';
import {
  type CallEvent,
  FORGOTTEN_AFTER,
  hearOfCall,
  holdsUntil,
  NO_CALL,
  statusOf,
} from '../../domain/index.js';
import { CallCenterSettingsStore } from '../call-center-settings.js';
import { CallBell } from './call-bell.js';
import { type CallIdentity, type CallRecord, type CallRow, toCall } from './call-record.js';

/** A call that was not known before. */
export interface NewCall {
  id: string;
  source: string;
  externalId: string;
  dialogueId: string;
  number: string | null;
  profileId: string | null;
  candidates: readonly string[];
  taskId: string | null;
}

/** Which calls are wanted; of all where neither an agent nor queues are named. */
export interface CallListing {
  agent?: string | undefined;
  queues?: readonly string[] | undefined;
  live: boolean;
  limit: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** What is known of calls. */
@Injectable()
export class CallStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CallCenterSettingsStore) private readonly settings: CallCenterSettingsStore,
    @Inject(CallBell) private readonly bell: CallBell,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async find(id: string): Promise<CallRecord | undefined> {
    const [row] = await this.database.query<CallRow>('SELECT * FROM call WHERE id = $1', [id]);
    return row && toCall(row);
  }

  /** A call, held until the transaction ends. */
  async lock(tx: Transaction, id: string): Promise<CallRecord | undefined> {
    const [row] = await tx.query<CallRow>('SELECT * FROM call WHERE id = $1 FOR UPDATE', [id]);
    return row && toCall(row);
  }

  async findExternal(source: string, externalId: string): Promise<CallRecord | undefined> {
    const [row] = await this.database.query<CallRow>(
      'SELECT * FROM call WHERE source = $1 AND external_id = $2',
      [source, externalId],
    );
    return row && toCall(row);
  }

  /** Makes a call that nobody has heard of; whoever comes second finds the first one's. */
  async begin(tx: Transaction, call: NewCall): Promise<CallRecord> {
    await tx.query(
      `INSERT INTO call (id, source, external_id, state, status, number, last_at, profile_id, candidates, verified,
         dialogue_id, task_id, version, change_id)
       VALUES ($1, $2, $3, $4, 'ringing', $5, $6, $7, $8, 'none', $9, $10, 0, $1) ON CONFLICT (source, external_id) DO NOTHING`,
      [
        call.id,
        call.source,
        call.externalId,
        JSON.stringify(NO_CALL),
        call.number,
        new Date(this.clock.now()),
        call.profileId,
        JSON.stringify(call.candidates),
        call.dialogueId,
        call.taskId,
      ],
    );
    const [row] = await tx.query<CallRow>(
      'SELECT * FROM call WHERE source = $1 AND external_id = $2 FOR UPDATE',
      [call.source, call.externalId],
    );
    if (!row) throw new Error('a call vanished while it was made');
    return toCall(row);
  }

  /**
   * Brings a report in. A number that comes later than the first report is a hint as well, for as long as nobody has said
   * who the caller is.
   */
  async hear(
    tx: Transaction,
    call: CallRecord,
    event: CallEvent,
    hint: Pick<NewCall, 'number' | 'profileId' | 'candidates'> | undefined,
  ): Promise<CallRecord> {
    const state = hearOfCall(call.state, event);
    const after = this.settings.current.holdAfterCallMinutes * MINUTE;
    const hold = holdsUntil(state, after);
    const named = call.identifiedAt !== null;
    const row = await this.write(tx, call.id, {
      state: JSON.stringify(state),
      status: statusOf(state),
      queue: state.queue?.value ?? null,
      agent: state.agent?.value ?? null,
      last_at: new Date(state.lastAt),
      hold_until: hold === null ? null : new Date(hold),
      ...(hint && {
        number: hint.number,
        candidates: JSON.stringify(hint.candidates),
        ...(!named && { profile_id: hint.profileId }),
      }),
    });
    return row;
  }

  identify(tx: Transaction, id: string, identity: CallIdentity, dialogueId: string): Promise<CallRecord> {
    return this.write(tx, id, {
      dialogue_id: dialogueId,
      profile_id: identity.profileId,
      verified: identity.verified,
      method: identity.method,
      identified_by: identity.identifiedBy,
      identified_at: identity.identifiedAt === null ? null : new Date(identity.identifiedAt),
    });
  }

  conclude(tx: Transaction, id: string, outcome: string): Promise<CallRecord> {
    return this.write(tx, id, { outcome, outcome_at: new Date(this.clock.now()) });
  }

  /**
   * Until when messages to these people wait, because they are or were just on the phone.
   * @returns by profile id, milliseconds since the epoch, and whether the call still lasts
   */
  async holds(profileIds: readonly string[]): Promise<Map<string, { until: number; live: boolean }>> {
    if (profileIds.length === 0) return new Map();
    const rows = await this.database.query<{ profile_id: string; until: Date; live: boolean }>(
      `SELECT profile_id, max(hold_until) AS until, bool_or(status = 'answered') AS live FROM call
       WHERE profile_id = ANY($1::uuid[]) AND hold_until > $2 GROUP BY profile_id`,
      [profileIds, new Date(this.clock.now())],
      'call.holds',
    );
    return new Map(rows.map(({ profile_id, until, live }) => [profile_id, { until: until.getTime(), live }]));
  }

  /** The newest first: of an agent, or what rings in queues; with `live` what is not over. */
  async list({ agent, queues, live, limit }: CallListing): Promise<CallRecord[]> {
    const rows = await this.database.query<CallRow>(
      `SELECT * FROM call WHERE last_at > $1 AND (NOT $2::boolean OR status <> 'ended')
         AND ($3::text IS NULL AND $4::text[] IS NULL OR agent = $3
           OR status = 'ringing' AND agent IS NULL AND queue = ANY($4::text[]))
       ORDER BY last_at DESC, id DESC LIMIT $5`,
      [
        new Date(this.clock.now() - (live ? FORGOTTEN_AFTER : DAY)),
        live,
        agent ?? null,
        queues ?? null,
        limit,
      ],
    );
    return rows.map(toCall);
  }

  /** Column names come from this class alone. */
  private async write(tx: Transaction, id: string, values: Record<string, unknown>): Promise<CallRecord> {
    const columns = Object.keys(values);
    const [row] = await tx.query<CallRow>(
      `UPDATE call SET ${columns.map((column, index) => `${column} = $${index + 2}`).join(', ')}, version = version + 1,
         change_id = $${columns.length + 2} WHERE id = $1 RETURNING *`,
      [id, ...Object.values(values), newId()],
    );
    if (!row) throw new Error(`there is no call ${id}`);
    tx.afterCommit(() => this.bell.ring());
    return toCall(row);
  }
}
