import { z } from 'zod';

const MAX_SOURCE = 200_000;

/** Content of an e-mail treatment. Every string may hold Liquid; `text` is derived from the HTML when absent. */
export const emailContentSchema = z
  .strictObject({
    subject: z.string().min(1).max(500),
    /** What mailboxes show after the subject. */
    preheader: z.string().max(500).optional(),
    /** MJML, compiled when published. */
    mjml: z.string().min(1).max(MAX_SOURCE).optional(),
    /** Ready HTML, instead of MJML. */
    html: z.string().min(1).max(MAX_SOURCE).optional(),
    text: z.string().min(1).max(MAX_SOURCE).optional(),
  })
  .superRefine(({ mjml, html }, ctx) => {
    if (mjml === undefined && html === undefined)
      ctx.addIssue({ code: 'custom', path: ['mjml'], message: 'either mjml or html is required' });
    if (mjml !== undefined && html !== undefined)
      ctx.addIssue({ code: 'custom', path: ['html'], message: 'mjml and html exclude each other' });
  })
  .meta({ examples: [{ subject: 'Your cart', html: '<p>Hello {{ profile.traits.firstName }}</p>' }] });
export type EmailContent = z.infer<typeof emailContentSchema>;

/** Compiled form: Liquid alone is left to run. */
export type CompiledEmail = { subject: string; html: string; text?: string };

export interface RenderedEmail {
  subject: string;
  html: string;
  text: string;
}
