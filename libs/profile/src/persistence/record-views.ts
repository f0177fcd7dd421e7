import { Inject, Injectable } from '@nestjs/common';
import { PersonStandings } from '@repartee/governance';
import { Clock } from '@repartee/platform';
import {
  type GoldenRecord,
  type ProfileDocument,
  profileDocument,
  type ProfileView,
  viewOf,
} from '../domain/index.js';
import { TraitBooks } from './trait-books.js';

const HOUR = 3_600_000;
/** More hours than ever pass. */
const MANY = 10_000_000;

/** Shows golden records by the trait book in force, at this moment. */
@Injectable()
export class RecordViews {
  constructor(
    @Inject(TraitBooks) private readonly books: TraitBooks,
    @Inject(PersonStandings) private readonly standings: PersonStandings,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Two views of one record differ only where this number does: rolling windows and segments move on by the hour. */
  get stamp(): number {
    const { revision, computed, segments } = this.books.current;
    if (computed.length === 0 && segments.length === 0) return revision * MANY;
    return revision * MANY + Math.floor(this.clock.now() / HOUR);
  }

  of(record: GoldenRecord): ProfileView {
    return viewOf(record, this.books.current, this.clock.now());
  }

  document(record: GoldenRecord): ProfileDocument {
    const standing = this.standings.recall(record.family);
    return profileDocument(record, this.books.current, standing, this.clock.now());
  }
}
