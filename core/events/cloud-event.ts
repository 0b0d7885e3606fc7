import { z } from 'zod';

/** A CloudEvent 1.0 in its JSON form (CloudEvents "JSON Event Format"): context attributes, extensions and data. */
export const CloudEvent = z.looseObject({
  specversion: z.literal('1.0').default('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  time: z.iso.datetime({ offset: true }).optional(),
  subject: z.string().optional(),
  datacontenttype: z.string().optional(),
  dataschema: z.string().optional(),
  data: z.unknown().optional(),
  data_base64: z.string().optional(),
});
export type CloudEvent = z.infer<typeof CloudEvent>;
