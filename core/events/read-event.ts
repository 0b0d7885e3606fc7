import type { CloudEvent } from './cloud-event.ts';

/** What a run or a task gets of an event (DSL "Schedule" and "Listen", `read`). */
export type EventReading = 'data' | 'envelope' | 'raw';

/**
 * Reads an event: `data` is the payload as JSON, `envelope` the whole event, `raw` the payload as it came over the wire.
 * A payload that came as bytes (`data_base64`, CloudEvents "JSON Event Format" 3.1.1) is its base64 text, since no other
 * form of bytes is JSON. An event without a payload reads as null.
 */
export function readEvent(event: CloudEvent, as: EventReading): unknown {
  if (as === 'envelope') return event;
  const { data, data_base64: bytes } = event;
  if (as === 'data') return data ?? bytes ?? null;
  return bytes ?? (typeof data === 'string' ? data : JSON.stringify(data ?? null));
}
