import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import type { Script } from './joinsProtocol.ts';
import { serveMeter } from './loopMeter.ts';

// Express, socket.io and ws over TLS and nothing else: they answer as many bytes in as many messages as a commune was answered, out of memory.

const [certificate = '', key = '', meter = ''] = process.argv.slice(2);
serveMeter(Number(meter));

function serve({ answers, notices, offers, down }: Script): void {
  const app = express();
  app.disable('x-powered-by').disable('etag').use('/api', express.json());
  for (const { path, bytes, type, encoding } of answers) {
    const body = Buffer.alloc(bytes, '0');
    app.all(path.replace(/\?.*/, ''), (_request, response) => {
      response.setHeader('content-type', type);
      if (encoding !== undefined) response.setHeader('content-encoding', encoding);
      response.end(body);
    });
  }
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, app);
  const io = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    destroyUpgrade: false,
  });
  io.on('connection', (socket) => {
    for (const size of notices) socket.emit('notice', '0'.repeat(size));
  });
  const signals = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    if (!request.url?.startsWith('/rtc')) return;
    signals.handleUpgrade(request, socket, head, (client) => {
      let left = offers;
      const next = (): void => {
        if (left-- > 0) client.send(Buffer.alloc(Math.round(down / offers)));
      };
      client.on('message', next);
      next();
    });
  });
  server.listen(0, '127.0.0.1', () => process.send?.(`https://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

process.on('message', serve);
process.on('disconnect', () => process.exit(0));
