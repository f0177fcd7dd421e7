import { checkTemplates, Templates, type Treatment } from '@repartee/connector-sdk';
import { fail, ok } from '@repartee/contracts';
import { z } from 'zod';

const MAX_COLUMNS = 50;
const templates = new Templates('none');

const contentSchema = z
  .strictObject({
    /** Begins the name of the files: `spring-catalogue`. */
    list: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case')
      .max(60),
    /** The columns in their order; each value may hold Liquid. */
    columns: z
      .array(z.strictObject({ name: z.string().min(1).max(60), value: z.string().max(2000) }))
      .min(1)
      .max(MAX_COLUMNS),
    /** Two rows with the same text go to one household, which gets one; the address unless given. Liquid. */
    household: z.string().max(2000).optional(),
  })
  .refine(({ columns }) => new Set(columns.map(({ name }) => name)).size === columns.length, {
    path: ['columns'],
    message: 'names of columns must differ',
  })
  .meta({
    examples: [
      {
        list: 'spring-catalogue',
        columns: [
          { name: 'name', value: '{{ profile.traits.name }}' },
          { name: 'street', value: '{{ profile.traits.street }}' },
          { name: 'city', value: '{{ profile.traits.city }}' },
        ],
        household: '{{ profile.traits.street }}, {{ profile.traits.city }}',
      },
    ],
  });

export type MailContent = z.infer<typeof contentSchema>;

/** One row of a list, before the lists are cleaned. */
export interface MailRow {
  list: string;
  header: string[];
  cells: string[];
  /** Empty: the address stands for it. */
  household: string;
}

/** The columns of a list, filled in for one person. */
export const mailTreatment: Treatment<MailContent, MailContent, MailRow> = {
  schema: contentSchema,

  compile(content) {
    const sources = Object.fromEntries([
      ...content.columns.map(({ value }, index) => [`#/columns/${index}/value`, value] as const),
      ['#/household', content.household] as const,
    ]);
    const problems = checkTemplates(templates, sources);
    return problems.length > 0 ? fail(problems) : ok(content);
  },

  render: ({ list, columns, household = '' }, data) => ({
    list,
    header: columns.map(({ name }) => name),
    cells: columns.map(({ value }) => templates.render(value, data)),
    household: templates.render(household, data),
  }),

  estimate: ({ columns }) => ({ bytes: Buffer.byteLength(JSON.stringify(columns)), parts: 1 }),
};
