import { every } from './every.ts';

const EVERY_MS = 2_000;
/** A Redis that says nothing for so long is gone, or its host is; the line by itself would not say so for minutes. */
const WITHIN_MS = 4_000;

/** What is used of ioredis. */
interface Connection {
  readonly status: string;
  ping(): Promise<unknown>;
  disconnect(reconnect: boolean): void;
  once(event: 'end', hear: () => void): unknown;
}

/**
 * ST3: a connection whose server does not answer any more is broken off, and made anew with the one that is the master
 * then. ioredis has a detector that hears the sentinels, which breaks a connection for good when it is just being made.
 * It ends with the connection.
 */
export function keepPulse(connection: Connection, everyMs = EVERY_MS, withinMs = WITHIN_MS): void {
  const beat = every(
    everyMs,
    () => answered(connection, withinMs),
    // It is away, as its own events say.
    () => undefined,
  );
  connection.once('end', () => beat.close());
}

async function answered(connection: Connection, withinMs: number): Promise<void> {
  if (connection.status !== 'ready') return;
  const timer = setTimeout(() => connection.status === 'ready' && connection.disconnect(true), withinMs);
  // Also when it is an error: somebody has said it.
  await connection.ping().finally(() => clearTimeout(timer));
}
