import { z } from 'zod';
import { csvHead, csvLine, jsonLine } from '../../site/audit-formats.ts';
import type { ApiParts } from '../parts.ts';
import { type AnyOperation, operation } from '../operation.ts';
import { RunParams } from './runs.ts';

const Entry = z.object({
  seq: z.number().int(),
  at: z.iso.datetime(),
  actor: z.string(),
  action: z.string(),
  run: z.string().nullable(),
  details: z.unknown(),
  previous: z.string(),
  hash: z.string(),
});
const Verification = z.object({
  entries: z.number().int().describe('Number of intact entries, counted from the first'),
  head: z.object({ seq: z.number().int(), hash: z.string() }),
  brokenAt: z.number().int().optional().describe('Number of the first broken entry'),
  why: z.enum(['missing', 'unlinked', 'changed']).optional(),
});
/** What one answer holds. */
const MAX_PAGE = 500;
const Range = z.object({
  from: z.iso.datetime({ offset: true }).optional().describe('From this time on'),
  to: z.iso.datetime({ offset: true }).optional().describe('Before this time'),
});

/** The audit trail: pages, verification, export. */
export function auditOperations({ store }: ApiParts): AnyOperation[] {
  const { audit } = store;
  return [
    operation({
      method: 'get',
      path: '/audit',
      id: 'listAudit',
      summary: 'Entries of the audit trail, newest first',
      scope: 'audit:read',
      query: z.object({
        limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(100),
        below: z.coerce.number().int().min(1).optional().describe('Only entries with lower numbers'),
      }),
      answer: z.array(Entry),
      handle: ({ query }) => audit.page(query),
    }),
    operation({
      method: 'get',
      path: '/runs/{run}/audit',
      id: 'listAuditOfRun',
      summary: 'Entries of one run, oldest first',
      scope: 'audit:read',
      params: RunParams,
      answer: z.array(Entry),
      async handle({ params }) {
        const entries = [];
        for await (const entry of audit.entries({ run: params.run })) entries.push(entry);
        return entries;
      },
    }),
    operation({
      method: 'get',
      path: '/audit/verification',
      id: 'verifyAudit',
      summary: 'Verifies the whole chain',
      scope: 'audit:read',
      answer: Verification,
      async handle(_request, { actor }) {
        const verification = await audit.verify();
        await audit.append({ actor, action: 'audit.verified', details: { ...verification } });
        return verification;
      },
    }),
    operation({
      method: 'get',
      path: '/audit/export',
      id: 'exportAudit',
      summary: 'Entries from a period as JSON Lines or CSV, oldest first',
      scope: 'audit:read',
      query: Range.extend({ format: z.enum(['jsonl', 'csv']).default('jsonl') }),
      answer: { mediaType: 'text/plain' },
      async handle({ query: { format, ...range } }, { actor }) {
        await audit.append({ actor, action: 'audit.exported', details: { format, ...range } });
        const lines = exportLines(audit.entries(range), format);
        return new Response(streamOf(lines), { headers: { 'content-type': 'text/plain; charset=utf-8' } });
      },
    }),
  ];
}

async function* exportLines(
  entries: ReturnType<ApiParts['store']['audit']['entries']>,
  format: 'jsonl' | 'csv',
): AsyncGenerator<string> {
  if (format === 'csv') yield csvHead;
  for await (const entry of entries) yield format === 'csv' ? csvLine(entry) : jsonLine(entry);
}

/** Line by line, as fast as the caller reads: a trail of years needs no memory. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
