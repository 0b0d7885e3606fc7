import { z } from 'zod';

/** A host that calls may reach: `api.example.com`, `*.example.com` for those below it, either with `:port`. */
export const HostPattern = z
  .string()
  .regex(
    /^(\*\.)?[a-zA-Z0-9.-]+(:\d+)?$|^\[[0-9a-f:]+\](:\d+)?$/,
    'expected a host such as api.example.com or *.example.com',
  );

/** Where `call` and external resources of definitions may go. */
export const CallSettings = z.strictObject({
  hosts: z.array(HostPattern).optional().describe('Hosts that calls may reach; by default, any host'),
  plaintext: z.array(HostPattern).default([]).describe('Hosts that may use gRPC without TLS; this machine always may'),
});

/** Processes that definitions may run on the workers' machines. Nothing is allowed unless it stands here. */
export const ProcessSettings = z.strictObject({
  allow: z
    .array(z.enum(['script', 'shell', 'container', 'mcp']))
    .default([])
    .describe('Kinds of run; mcp: servers of the Model Context Protocol over stdio'),
  volumes: z.array(z.string()).default([]).describe('Folders on this machine that containers may access'),
});
