export { DialogueModule } from './dialogue.module.js';
export { dialogueMigrations } from './persistence/create-dialogue.migration.js';
export { dialogueEntities } from './persistence/dialogue.entities.js';
export { type DialogueDocument, Dialogues, type Turn } from './persistence/dialogues.js';
