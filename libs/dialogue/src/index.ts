export { DialogueModule } from './dialogue.module.js';
export { dialogueMigrations } from './persistence/create-dialogue.migration.js';
export { dialogueEntities } from './persistence/dialogue.entities.js';
export type { DialogueDocument, Turn } from './domain/index.js';
export {
  type InboundReview,
  InboundReviews,
  reviewStates,
  type ReviewState,
} from './persistence/reviews/inbound-reviews.js';
export { Dialogues } from './persistence/dialogues.js';
