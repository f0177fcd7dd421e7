export { type DueReaction, heldBack, type StartingEvent, starts } from './due.js';
export {
  compileReactions,
  type Reaction,
  type ReactionDocument,
  type ReactionIssue,
  reactionSchema,
} from './reaction.js';
