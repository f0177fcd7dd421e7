import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, type Transaction } from '@repartee/platform';
import type { SubjectIdentifier } from '../domain/index.js';
import { Revisions } from './revisions.js';
import { SubjectHasher } from './subject-hasher.js';

/** Why somebody is on the list: they were erased, or somebody put their address there. */
export type DoNotContactReason = 'erased' | 'listed';

/** An entry of the list for one channel alone. Numbers that nobody calls have a name of their own. */
export function onChannel(channel: string, { namespace, value }: SubjectIdentifier): SubjectIdentifier {
  return { namespace: channel === 'call_center' ? 'do_not_call' : `${channel}/${namespace}`, value };
}

/** The do-not-contact list: keyed hashes, from which nobody can read an address. */
@Injectable()
export class DoNotContact implements OnModuleInit {
  private erased: ReadonlySet<string> = new Set();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SubjectHasher) private readonly hasher: SubjectHasher,
    @Inject(Revisions) private readonly revisions: Revisions,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.revisions.follow('erased', () => this.reload());
  }

  /** Whether nobody was ever erased: then nobody needs to be looked up. */
  get nobodyErased(): boolean {
    return this.erased.size === 0;
  }

  /** Whether this identifier belonged to somebody who was erased. From memory, at most a second old. */
  isErased(identifier: SubjectIdentifier): boolean {
    return this.erased.size > 0 && this.erased.has(this.hasher.identifier(identifier));
  }

  isErasedProfile(profileId: string): boolean {
    return this.erased.size > 0 && this.erased.has(this.hasher.profile(profileId));
  }

  /** Whether something may not be written to, as the database says now. */
  async has(hash: string): Promise<boolean> {
    const found = await this.database.query(
      'SELECT 1 FROM do_not_contact WHERE hash = $1',
      [hash],
      'dnc.has',
    );
    return found.length > 0;
  }

  /** Those of the identifiers that may not be written to, as the database says now. */
  async listed<I extends SubjectIdentifier>(identifiers: readonly I[]): Promise<I[]> {
    if (identifiers.length === 0) return [];
    const hashes = identifiers.map((identifier) => this.hasher.identifier(identifier));
    const rows = await this.database.query<{ hash: string }>(
      'SELECT hash FROM do_not_contact WHERE hash = ANY($1::text[])',
      [hashes],
      'dnc.listed',
    );
    const listed = new Set(rows.map(({ hash }) => hash));
    return identifiers.filter((_identifier, index) => listed.has(hashes[index] ?? ''));
  }

  /** Those of the identifiers that may not be written to on a channel: on it alone, or on none. */
  async listedFor<I extends SubjectIdentifier>(channel: string, identifiers: readonly I[]): Promise<I[]> {
    const scoped = identifiers.map((identifier) => onChannel(channel, identifier));
    const listed = new Set<SubjectIdentifier>(await this.listed([...identifiers, ...scoped]));
    return identifiers.filter(
      (identifier, index) => listed.has(identifier) || listed.has(scoped[index] ?? identifier),
    );
  }

  /** Adds hashes. Who was erased stays so, whoever else puts them on the list. */
  async add(tx: Transaction, hashes: readonly string[], reason: DoNotContactReason): Promise<void> {
    await tx.query(
      `INSERT INTO do_not_contact (hash, reason, added_at) SELECT unnest($1::text[]), $2, $3
       ON CONFLICT (hash) DO UPDATE SET reason = CASE WHEN excluded.reason = 'erased' THEN 'erased'
         ELSE do_not_contact.reason END`,
      [[...new Set(hashes)].sort(), reason, new Date(this.clock.now())],
    );
    if (reason === 'erased') await this.revisions.bump(tx, 'erased');
  }

  /** The hashes of a person: of all identifiers, and of all ids of profiles. */
  hashesOf(identifiers: readonly SubjectIdentifier[], profileIds: readonly string[]): string[] {
    return [
      ...identifiers.map((identifier) => this.hasher.identifier(identifier)),
      ...profileIds.map((id) => this.hasher.profile(id)),
    ];
  }

  /** Takes identifiers off the list, because the person wants to hear from us again. @returns how many were on it */
  async release(identifiers: readonly SubjectIdentifier[]): Promise<number> {
    const released = await this.database.transaction(async (tx) => {
      const gone = await tx.query('DELETE FROM do_not_contact WHERE hash = ANY($1) RETURNING 1', [
        this.hashesOf(identifiers, []),
      ]);
      await this.revisions.bump(tx, 'erased');
      return gone.length;
    });
    await this.revisions.look();
    return released;
  }

  /** Shows in this process at once what was just committed. */
  refresh(): Promise<void> {
    return this.revisions.look();
  }

  private async reload(): Promise<void> {
    const rows = await this.database.query<{ hash: string }>(
      `SELECT hash FROM do_not_contact WHERE reason = 'erased'`,
    );
    this.erased = new Set(rows.map(({ hash }) => hash));
  }
}
