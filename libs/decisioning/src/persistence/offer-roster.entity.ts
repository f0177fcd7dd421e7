import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The offers that receipts of one catalogue number. Never changes; stays for as long as receipts may name it. */
@Entity('offer_roster')
export class OfferRoster {
  /** A digest of what it holds. */
  @PrimaryColumn({ type: 'text' })
  name!: string;

  @Column({ type: 'json' })
  offers!: object;
}
