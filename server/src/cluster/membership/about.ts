import { z } from 'zod';

const share = z.number().nonnegative();

/** PL2: what a node carries, over the last seconds. */
export const loadSchema = z.object({
  /** Packets and Mbit/s that its machine sends, by the kernel's count, a second. */
  packets: share,
  mbit: share,
  /** LiveKit participants, and devices on the order channel. */
  viewers: z.int().nonnegative(),
  devices: z.int().nonnegative(),
  /** Cores that its media workers use together, and the share of a core that its event loop is busy. */
  workers: share,
  loop: share,
});
export type NodeLoad = z.output<typeof loadSchema>;

/** PL1: what a node says of itself to whoever places viewers, and to operators. */
export const aboutSchema = z.object({
  version: z.string().max(100),
  /** Milliseconds of PostgreSQL's clock, when it was made. */
  since: z.number(),
  /** Where clients reach its media, when it has a name of its own. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  region: z.string().max(200),
  /** What it may give: cores for media, and Mbit/s where somebody set them. */
  cores: z.number().positive(),
  mbit: z.number().positive().optional(),
  /** PL16: that it lets in, a second; the version before does not say it. */
  joins: z.number().positive().optional(),
  /** PL28: MB of its machine, and UDP ports for media between nodes; the version before does not say them. */
  memoryMb: z.number().positive().optional(),
  pipePorts: z.int().positive().optional(),
  load: loadSchema,
  /** PL8: viewers that it has sent to nodes, by boot, and that are not in their load yet. */
  expects: z.record(z.string(), z.int().nonnegative()),
  draining: z.boolean(),
  /** It lets nobody in, and nobody is left there. */
  drained: z.boolean(),
  /** PL26: media of the stage does not reach it; the version before does not say it. */
  lacksMedia: z.boolean().optional(),
});
export type NodeAbout = z.output<typeof aboutSchema>;
