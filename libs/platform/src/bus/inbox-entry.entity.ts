import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A message that was handled, or the part of it that one handler did: see {@link Inbox}. */
@Entity('bus_inbox')
@Index('bus_inbox_oldest', ['handledAt'])
export class InboxEntryEntity {
  @PrimaryColumn('uuid', { name: 'message_id', primaryKeyConstraintName: 'bus_inbox_pkey' })
  messageId!: string;

  /** 0 for the whole message, else the place of the handler among those of its type, from 1. */
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'bus_inbox_pkey' })
  part!: number;

  /** Business time. */
  @Column('timestamptz', { name: 'handled_at' })
  handledAt!: Date;
}
