import { Module } from '@nestjs/common';
import { MergeParticipants } from './merge-participants.js';

/** Where scopes that keep something by profile id say so. */
@Module({ providers: [MergeParticipants], exports: [MergeParticipants] })
export class MergeParticipantsModule {}
