import type { Socket } from 'node:net';

/** Of Node's own classes; `Socket.pause` leaves the handle reading until its buffer is full. */
interface Readable {
  reading: boolean;
  readStop(): void;
}

/**
 * Nothing more is read of this socket here, so that all that comes from now on is read by the process that it is handed
 * to: what would be read on the way is lost.
 * @returns false when it is closed already
 */
export function stopReading(socket: Socket): boolean {
  const handle = (socket as unknown as { _handle: Readable | null })._handle;
  if (!handle) return false;
  handle.readStop();
  handle.reading = false;
  return true;
}
