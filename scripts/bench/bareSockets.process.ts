import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

// socket.io and nothing around it: whoever connects hears the prompt, and whoever answers is acknowledged at once. Nothing is stored.

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
io.on('connection', (socket) => {
  socket.on('round.answer', (ask: unknown, ack: (answer: unknown) => void) => ack({ ok: ask }));
});
http.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` }));
// What is to be told everybody.
process.on('message', (notice: unknown) => void io.emit('round', notice));
process.on('disconnect', () => process.exit(0));
