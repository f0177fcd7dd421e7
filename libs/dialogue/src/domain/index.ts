export type { DialogueDocument, Turn } from './turn.js';
