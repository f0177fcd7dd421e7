import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A survivor as it was before it took another profile in, while nothing else has changed it: what an undo gives back. */
@Entity('profile_before_merge')
export class ProfileBeforeMergeEntity {
  @PrimaryColumn('uuid') survivor_id!: string;
  @PrimaryColumn('uuid') merged_id!: string;
  /** The survivor's version right after the merge. */
  @Column('bigint') version_after!: string;
  @Column('json') record!: unknown;
  @Column('json') orders!: unknown;
}
