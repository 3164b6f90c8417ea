import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Takes an upgrade, or answers false and leaves it to the next. */
export interface UpgradeHandler {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
}

/**
 * Shares the server's `upgrade` among those who speak WebSocket here.
 * @param left paths that another listener of the same server takes by itself
 */
export function upgrades(handlers: readonly UpgradeHandler[], left: readonly string[]) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // A client that goes away in between must not end the process.
    socket.on('error', () => socket.destroy());
    const url = request.url ?? '';
    if (handlers.some((handler) => handler.handleUpgrade(request, socket, head))) return;
    if (left.some((path) => url.startsWith(path))) return;
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  };
}
