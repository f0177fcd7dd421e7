import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import type { DialogueDocument, Turn } from '../domain/turn.js';

/** The record behind every `dialogueId`. A dialogue begins with its first turn. */
@Injectable()
export class Dialogues {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Adds turns, in the caller's transaction. */
  async say(tx: Pick<Transaction, 'query'>, turns: Turn[]): Promise<void> {
    if (turns.length === 0) return;
    const latest = new Map([...turns].sort((a, b) => a.at - b.at).map((turn) => [turn.dialogueId, turn]));
    const dialogues = [...latest.values()].sort((a, b) => (a.dialogueId < b.dialogueId ? -1 : 1));
    await tx.query(
      `INSERT INTO dialogue (id, profile_id, anonymous_id, opened_at, last_turn_at)
       SELECT id, profile_id, anonymous_id, at, at
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) AS t(id, profile_id, anonymous_id, at)
       ON CONFLICT (id) DO UPDATE SET last_turn_at = greatest(dialogue.last_turn_at, excluded.last_turn_at),
         profile_id = coalesce(dialogue.profile_id, excluded.profile_id)`,
      [
        dialogues.map((turn) => turn.dialogueId),
        dialogues.map((turn) => turn.profileId),
        dialogues.map((turn) => turn.anonymousId),
        dialogues.map((turn) => new Date(turn.at)),
      ],
    );
    await tx.query(
      `INSERT INTO dialogue_turn (dialogue_id, id, at, speaker, channel, said)
       SELECT dialogue_id, id, at, speaker, channel, said::json
       FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[])
         AS t(dialogue_id, id, at, speaker, channel, said)
       ON CONFLICT DO NOTHING`,
      [
        turns.map((turn) => turn.dialogueId),
        turns.map((turn) => turn.id),
        turns.map((turn) => new Date(turn.at)),
        turns.map((turn) => turn.speaker),
        turns.map((turn) => turn.channel),
        turns.map((turn) => JSON.stringify(turn.said)),
      ],
    );
  }

  /**
   * Adds a turn to a conversation that is going on.
   * @returns the turn as it stands: the first of its id; undefined when there is no such conversation
   */
  add(turn: Omit<Turn, 'profileId' | 'anonymousId'>): Promise<DialogueDocument['turns'][number] | undefined> {
    const { dialogueId, id, at, speaker, channel, said } = turn;
    return this.database.transaction(async (tx) => {
      const found = await tx.query(
        `UPDATE dialogue SET last_turn_at = greatest(last_turn_at, $2) WHERE id = $1 RETURNING 1`,
        [dialogueId, new Date(at)],
      );
      if (found.length === 0) return undefined;
      await tx.query(
        `INSERT INTO dialogue_turn (dialogue_id, id, at, speaker, channel, said) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING`,
        [dialogueId, id, new Date(at), speaker, channel, JSON.stringify(said)],
      );
      const [row] = await tx.query<Omit<DialogueDocument['turns'][number], 'at'> & { at: Date }>(
        'SELECT id, at, speaker, channel, said FROM dialogue_turn WHERE dialogue_id = $1 AND id = $2',
        [dialogueId, id],
      );
      return row && { ...row, at: row.at.toISOString() };
    });
  }

  /** The conversation in which a person and we spoke last, on any channel. */
  async latest(family: readonly string[]): Promise<{ id: string; at: number } | undefined> {
    const [row] = await this.database.query<{ id: string; at: Date }>(
      `SELECT id, last_turn_at AS at FROM dialogue WHERE profile_id = ANY($1::uuid[])
       ORDER BY last_turn_at DESC LIMIT 1`,
      [family],
    );
    return row && { id: row.id, at: row.at.getTime() };
  }

  /** The conversations in which people and we spoke last, newest first, each with its latest turns, oldest first. */
  async ofPeople(
    family: readonly string[],
    { dialogues, turns }: { dialogues: number; turns: number },
  ): Promise<DialogueDocument[]> {
    const rows = await this.database.query<{
      id: string;
      profile_id: string | null;
      opened_at: Date;
      last_turn_at: Date;
      turns: DialogueDocument['turns'] | null;
    }>(
      `SELECT d.*, (SELECT json_agg(t ORDER BY t.at, t.id) FROM (
           SELECT id, at, speaker, channel, said FROM dialogue_turn WHERE dialogue_id = d.id
           ORDER BY at DESC, id DESC LIMIT $3) t) AS turns
       FROM (SELECT * FROM dialogue WHERE profile_id = ANY($1::uuid[]) ORDER BY last_turn_at DESC LIMIT $2) d
       ORDER BY d.last_turn_at DESC`,
      [family, dialogues, turns],
    );
    return rows.map((row) => ({
      id: row.id,
      profileId: row.profile_id,
      openedAt: row.opened_at.toISOString(),
      lastTurnAt: row.last_turn_at.toISOString(),
      turns: (row.turns ?? []).map((turn) => ({ ...turn, at: new Date(turn.at).toISOString() })),
    }));
  }

  /** A conversation with its latest 200 turns, oldest first. */
  async find(id: string): Promise<DialogueDocument | undefined> {
    const [row] = await this.database.query<{
      id: string;
      profile_id: string | null;
      opened_at: Date;
      last_turn_at: Date;
    }>('SELECT * FROM dialogue WHERE id = $1', [id]);
    if (!row) return undefined;
    const turns = await this.database.query<{
      id: string;
      at: Date;
      speaker: string;
      channel: string;
      said: unknown;
    }>(
      `SELECT * FROM (SELECT id, at, speaker, channel, said FROM dialogue_turn WHERE dialogue_id = $1
       ORDER BY at DESC, id DESC LIMIT 200) latest ORDER BY at, id`,
      [id],
    );
    return {
      id: row.id,
      profileId: row.profile_id,
      openedAt: row.opened_at.toISOString(),
      lastTurnAt: row.last_turn_at.toISOString(),
      turns: turns.map((turn) => ({ ...turn, at: turn.at.toISOString() })),
    };
  }
}
