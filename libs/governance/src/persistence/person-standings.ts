import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, type Transaction } from '@repartee/platform';
import { FREE, mayProfile, strictest, type Objection, type Standing } from '../domain/index.js';
import { Revisions } from './revisions.js';

interface Row {
  profile_id: string;
  restricted: boolean;
  objections: Objection[];
}

/** How freely each person's data may be used. */
@Injectable()
export class PersonStandings implements OnModuleInit {
  /** Those whose profile decisions may not use: few, so that they are in memory. */
  private closed: ReadonlyMap<string, Standing> = new Map();
  /** Whether nobody's processing is restricted: then nobody needs to be looked up. From memory, as {@link recall}. */
  nobodyRestricted = true;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Revisions) private readonly revisions: Revisions,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.revisions.follow('standing', () => this.reload());
  }

  /**
   * Restriction and objection to profiling of a person, from memory, at most a second old.
   * @param family all ids of the person: what any of them asked for holds
   */
  recall(family: readonly string[]): Standing {
    if (this.closed.size === 0) return FREE;
    return strictest(family.flatMap((id) => this.closed.get(id) ?? []));
  }

  /** The person's standing, as the database says now. */
  async read(family: readonly string[], tx: Pick<Transaction, 'query'> = this.database): Promise<Standing> {
    const rows = await tx.query<Row>(
      'SELECT profile_id, restricted, objections FROM person_standing WHERE profile_id = ANY($1::uuid[])',
      [family],
      'standing.read',
    );
    return strictest(rows);
  }

  /** The standings of many, as the database says now; in the order of their families. */
  async readAll(families: readonly (readonly string[])[]): Promise<Standing[]> {
    const rows = await this.database.query<Row>(
      'SELECT profile_id, restricted, objections FROM person_standing WHERE profile_id = ANY($1::uuid[])',
      [families.flat()],
      'standing.read',
    );
    return families.map((family) => strictest(rows.filter((row) => family.includes(row.profile_id))));
  }

  /** Writes what holds for a person from now on. It replaces what the ids of the family asked for before. */
  async write(
    tx: Transaction,
    family: readonly string[],
    profileId: string,
    standing: Standing,
  ): Promise<void> {
    await tx.query('DELETE FROM person_standing WHERE profile_id = ANY($1::uuid[])', [family]);
    await tx.query(
      'INSERT INTO person_standing (profile_id, restricted, objections, updated_at) VALUES ($1, $2, $3, $4)',
      [profileId, standing.restricted, standing.objections, new Date(this.clock.now())],
    );
    await this.revisions.bump(tx, 'standing');
  }

  /** Shows in this process at once what was just committed. */
  refresh(): Promise<void> {
    return this.revisions.look();
  }

  private async reload(): Promise<void> {
    const rows = await this.database.query<Row>(
      `SELECT profile_id, restricted, objections FROM person_standing
       WHERE restricted OR 'profiling' = ANY(objections)`,
    );
    this.nobodyRestricted = !rows.some(({ restricted }) => restricted);
    this.closed = new Map(rows.filter((row) => !mayProfile(row)).map((row) => [row.profile_id, row]));
  }
}
