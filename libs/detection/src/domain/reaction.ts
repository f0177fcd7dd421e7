import { durationSchema as duration, parseDuration } from '@repartee/contracts';
import { compileRule, type Rule, type RuleTypes } from '@repartee/profile/domain';
import { z } from 'zod';

const key = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be lower-case letters, digits, dots, dashes and underscores');
const rule = z.string().min(1).max(2000);

const place = { channel: z.string().min(1).max(64), zone: z.string().min(1).max(200) };

/** A reaction as marketers write it. */
export const reactionSchema = z.strictObject({
  key,
  name: z.string().max(200).optional(),
  /**
   * The event that starts it, by name; `where` is CEL over `event` and `profile`. `within`: how old it may be when it
   * arrives. Left out: of any age, but no more than a day where it is a row of an imported file.
   */
  on: z.strictObject({
    event: z.string().min(1).max(512),
    where: rule.optional(),
    within: duration.optional(),
  }),
  /** CEL over `profile`, asked when the reaction is due. */
  when: rule.optional(),
  /** How long after the event. Another such event in the meantime starts the wait anew. */
  after: duration.optional(),
  /** This event, after the one that started it, calls it off. */
  unless: z.strictObject({ event: z.string().min(1).max(512) }).optional(),
  action: z.strictObject({
    ...place,
    /** For a channel that shows things in open pages: where to go when the person has none open. */
    whenAbsent: z.strictObject(place).optional(),
  }),
  /** At most once per person within this time. */
  once: duration.optional(),
});
export type ReactionDocument = z.infer<typeof reactionSchema>;

/** A reaction ready to run. Durations in milliseconds. */
export interface Reaction {
  key: string;
  event: string;
  where?: Rule;
  /** How old the event may be on arrival; undefined: what goes for its kind. */
  within?: number;
  when?: Rule;
  after: number;
  unless?: string;
  action: ReactionDocument['action'];
  once: number;
}

/** What is wrong with a document, where, and at which place of the text it points to. */
export interface ReactionIssue {
  pointer: string;
  message: string;
  offset?: number;
}

/**
 * Compiles reactions; all that is wrong is reported at once. `pointer` is relative to the list.
 * @param types what rules may read; without it, that shows when they are evaluated
 */
export function compileReactions(
  documents: readonly unknown[],
  types?: RuleTypes,
): { reactions: Reaction[]; issues: ReactionIssue[] } {
  const reactions: Reaction[] = [];
  const issues: ReactionIssue[] = [];
  const seen = new Set<string>();
  documents.forEach((document, index) => {
    const parsed = reactionSchema.safeParse(document);
    if (!parsed.success) {
      issues.push(
        ...parsed.error.issues.map((issue) => ({
          pointer: [index, ...issue.path.map(String)].join('/'),
          message: issue.message,
        })),
      );
      return;
    }
    if (seen.has(parsed.data.key)) issues.push({ pointer: `${index}/key`, message: 'is used twice' });
    seen.add(parsed.data.key);
    reactions.push(compileReaction(parsed.data, index, issues, types));
  });
  return { reactions, issues };
}

function compileReaction(
  document: ReactionDocument,
  index: number,
  issues: ReactionIssue[],
  types?: RuleTypes,
): Reaction {
  const compile = (source: string | undefined, scope: 'profile' | 'profile+event', path: string) => {
    if (source === undefined) return undefined;
    const compiled = compileRule(source, scope, types);
    if (compiled.ok) return compiled.value;
    issues.push({
      pointer: `${index}/${path}`,
      message: compiled.failure.message,
      offset: compiled.failure.start,
    });
    return undefined;
  };
  return {
    key: document.key,
    event: document.on.event,
    where: compile(document.on.where, 'profile+event', 'on/where'),
    within: parseDuration(document.on.within ?? ''),
    when: compile(document.when, 'profile', 'when'),
    after: parseDuration(document.after ?? '0s') ?? 0,
    unless: document.unless?.event,
    action: document.action,
    once: parseDuration(document.once ?? '0s') ?? 0,
  };
}
