import { Module } from '@nestjs/common';
import { GovernanceModule } from '@repartee/governance';
import { DialoguesController } from './api/dialogues.controller.js';
import { DialoguePersonalData } from './persistence/personal-data.js';
import { RetainedDialogues } from './persistence/retained-dialogues.js';
import { Dialogues } from './persistence/dialogues.js';

@Module({
  imports: [GovernanceModule],
  controllers: [DialoguesController],
  providers: [DialoguePersonalData, Dialogues, RetainedDialogues],
  exports: [Dialogues],
})
export class DialogueModule {}
