import { z } from 'zod';
import type { InboundMessage } from '../../../core/model/delivery.ts';
import { located } from './address.ts';
import type { Message } from './document.ts';

/** A message as it came over the wire, before anybody knows what it means. */
export type Arrived = { content: Buffer; isText: boolean; headers: Record<string, string>; id?: string | undefined };

const CorrelationId = z.looseObject({ location: z.string() });

/** Reads a message by what the document says of it: JSON parsed, other texts as texts, bytes as base64. */
export function inbound({ content, isText, headers }: Arrived, described: Message): InboundMessage {
  const payload = isText ? parseText(content.toString('utf8')) : content.toString('base64');
  const { location } = CorrelationId.safeParse(described.correlationId).data ?? {};
  const correlated = location === undefined ? undefined : located(location, { payload, headers });
  const correlationId = correlated ?? headers['correlationid'] ?? headers['correlation-id'];
  return { payload, headers, ...(typeof correlationId === 'string' && { correlationId }) };
}

/** Transports of texts do not say whether a text is JSON; what reads as JSON is. */
function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
