import { uptime } from 'node:os';

/** ms since the machine was started, in steps of 10; goes on while it is suspended, where `performance.now` stands. */
export const sinceBoot = (): number => uptime() * 1_000;
