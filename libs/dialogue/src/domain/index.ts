export { currentDialogue } from './current-dialogue.js';
export type { DialogueDocument, Turn } from './turn.js';
