import type { Recognition } from '../engine.ts';

/** What the second reader's process is started with: the folder of its files, and how many threads it may use. */
export type Start = { folder: string; threads: number };

/** One page, prepared. */
export type Page = { png: Uint8Array };

export type Reply = { recognition: Recognition; cpuSeconds: number; memoryMb: number } | { failure: string };
