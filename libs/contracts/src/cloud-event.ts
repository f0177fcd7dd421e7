import { z } from 'zod';

/** CloudEvents 1.0, structured JSON, with the W3C `traceparent` extension. The form of every bus message. */
export const cloudEventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string().optional(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  traceparent: z.string().optional(),
  data: z.unknown(),
});

export interface CloudEvent<T = unknown> extends Omit<z.infer<typeof cloudEventSchema>, 'data'> {
  data: T;
}
