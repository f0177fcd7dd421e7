import { Module } from '@nestjs/common';
import { DialoguesController } from './api/dialogues.controller.js';
import { Dialogues } from './persistence/dialogues.js';

@Module({ controllers: [DialoguesController], providers: [Dialogues], exports: [Dialogues] })
export class DialogueModule {}
