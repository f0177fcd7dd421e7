import { Injectable } from '@nestjs/common';
import { Database } from '@repartee/platform';
import { hash } from 'node:crypto';
import {
  readReceipt,
  rosterNameOf,
  rosterOf,
  type CatalogueSnapshot,
  type Receipt,
  type Roster,
} from '../domain/index.js';

/** Rosters that are kept at hand; receipts that lie side by side are of few catalogues. */
const MOST = 32;

/** The rosters that receipts number offers by: named as catalogues are decided by, kept before the first receipt is. */
@Injectable()
export class Rosters {
  private readonly names = new WeakMap<CatalogueSnapshot, string>();
  private readonly unsaved = new Map<string, Roster>();
  /** Never stale: what a name stands for does not change. */
  private readonly held = new Map<string, Roster>();

  constructor(private readonly database: Database) {}

  /** What receipts of decisions by a catalogue call its roster. */
  nameOf(snapshot: CatalogueSnapshot): string {
    const known = this.names.get(snapshot);
    if (known !== undefined) return known;
    const roster = rosterOf(snapshot);
    const name = hash('sha256', JSON.stringify(roster), 'base64url').slice(0, 22);
    this.names.set(snapshot, name);
    this.unsaved.set(name, roster);
    return name;
  }

  /** Resolves when every roster that was named so far is durable. */
  async save(): Promise<void> {
    if (this.unsaved.size === 0) return;
    const rosters = [...this.unsaved];
    await this.database.query(
      `INSERT INTO offer_roster (name, offers) SELECT * FROM unnest($1::text[], $2::json[]) ON CONFLICT DO NOTHING`,
      [rosters.map(([name]) => name), rosters.map(([, roster]) => JSON.stringify(roster))],
    );
    for (const [name] of rosters) this.unsaved.delete(name);
  }

  /** @param receipt a stored one, parsed */
  async read(receipt: unknown): Promise<Receipt> {
    return readReceipt(receipt, await this.find(rosterNameOf(receipt)));
  }

  private async find(name: string): Promise<Roster> {
    const known = this.held.get(name) ?? this.unsaved.get(name);
    if (known) return known;
    const [row] = await this.database.query<{ offers: Roster }>(
      'SELECT offers FROM offer_roster WHERE name = $1',
      [name],
    );
    if (!row) throw new Error(`there is no roster ${name}`);
    if (this.held.size >= MOST) this.held.clear();
    this.held.set(name, row.offers);
    return row.offers;
  }
}
