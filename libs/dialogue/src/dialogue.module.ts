import { Module } from '@nestjs/common';
import { GovernanceModule } from '@repartee/governance';
import { DialoguesController } from './api/dialogues.controller.js';
import { DialoguePersonalData } from './persistence/personal-data.js';
import { Dialogues } from './persistence/dialogues.js';

@Module({
  imports: [GovernanceModule],
  controllers: [DialoguesController],
  providers: [DialoguePersonalData, Dialogues],
  exports: [Dialogues],
})
export class DialogueModule {}
