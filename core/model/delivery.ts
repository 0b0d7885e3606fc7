import { z } from 'zod';

/** A message of a subscription (DSL "AsyncAPI Inbound Message"). */
export const InboundMessage = z.object({
  payload: z.unknown(),
  headers: z.record(z.string(), z.string()).default({}),
  correlationId: z.string().optional(),
});
export type InboundMessage = z.infer<typeof InboundMessage>;

/** What the signal `messages` brings a run: messages of one subscription, in the order they came. */
export const Delivery = z.object({
  subscription: z.string().describe('Idempotency key of the subscribing call, and the number of its connection'),
  messages: z.array(InboundMessage),
  /** Where the service can take up again, as it names its messages (`Last-Event-ID`). */
  after: z.string().optional(),
});
export type Delivery = z.infer<typeof Delivery>;
