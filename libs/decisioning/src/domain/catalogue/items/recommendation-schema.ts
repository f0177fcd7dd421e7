import { categorySchema, strategies } from '@repartee/items/domain';
import { z } from 'zod';

/** What `from` may say instead of an expression. */
export const seedKinds = ['last_viewed', 'cart'] as const;
export type SeedKind = (typeof seedKinds)[number];

const MOST = 20;
/** Strategies that begin with items. */
const FROM_ITEMS: ReadonlySet<string> = new Set(['co_view', 'co_purchase']);

/** Items an offer is filled with, person by person. */
export const recommendationSchema = z
  .strictObject({
    strategy: z.enum(strategies),
    /** Where to begin: what was looked at last, the cart, or an expression in CEL that gives the id of an item or a list. */
    from: z.string().min(1).max(4000).optional(),
    count: z.int().min(1).max(MOST).default(4),
    /** With fewer the offer is not shown. */
    atLeast: z.int().min(1).max(MOST).default(1),
    /** Only items of this category, and below it. */
    category: categorySchema.optional(),
    excludePurchased: z.boolean().default(false),
    /** What fills up when there are not enough. */
    otherwise: z.enum(['affinity', 'popularity']).optional(),
  })
  .superRefine(({ strategy, from, count, atLeast }, context) => {
    const issue = (member: string, message: string) =>
      context.addIssue({ code: 'custom', path: [member], message });
    if (from !== undefined && !FROM_ITEMS.has(strategy)) issue('from', `${strategy} begins with no items`);
    if (atLeast > count) issue('atLeast', 'must not be more than count');
  });
export type Recommendation = z.output<typeof recommendationSchema>;
