export { type DueReaction, heldBack, starts } from './due.js';
export {
  compileReactions,
  type Reaction,
  type ReactionDocument,
  type ReactionIssue,
  reactionSchema,
} from './reaction.js';
