import { checkTemplates, Templates, type Treatment } from '@repartee/connector-sdk';
import { fail, ok } from '@repartee/contracts';
import { z } from 'zod';

const templates = new Templates('none');

const contentSchema = z
  .strictObject({
    /** What the agent says; Liquid. */
    script: z.string().min(1).max(10_000),
    /** What the agent should know before they say it; Liquid. */
    notes: z.string().max(10_000).optional(),
  })
  .meta({ examples: [{ script: 'May I tell you about our teas, {{ profile.traits.firstName }}?' }] });

export type CallContent = z.infer<typeof contentSchema>;

/** Words for an agent: a script, and what to know before. */
export const callTreatment: Treatment<CallContent, CallContent, CallContent> = {
  schema: contentSchema,

  compile(content) {
    const parts = Object.entries(content).map(([name, text]): [string, string] => [`#/${name}`, text]);
    const problems = checkTemplates(templates, Object.fromEntries(parts));
    return problems.length > 0 ? fail(problems) : ok(content);
  },

  render: ({ script, notes }, data) => ({
    script: templates.render(script, data),
    ...(notes !== undefined && { notes: templates.render(notes, data) }),
  }),

  estimate: ({ script }) => ({ bytes: Buffer.byteLength(script), parts: 1 }),
};
