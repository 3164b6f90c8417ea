#!/usr/bin/env node
/**
 * Debian's Firefox for Playwright: runs FIREFOX and passes on its WebDriver BiDi. Playwright asks for a few emulations that an ESR does not know
 * yet, and takes the refusal for the end; none of them matters to a story, so they are answered here. To be deleted when the ESR knows them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { WebSocket, WebSocketServer } from 'ws';

const NOT_KNOWN_YET = new Set(['emulation.setMediaFeaturesOverride']);

const firefox = spawn(process.env.FIREFOX ?? 'firefox-esr', process.argv.slice(2), {
  stdio: ['ignore', 'inherit', 'pipe'],
});
firefox.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
firefox.once('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => firefox.kill(signal));

createInterface({ input: firefox.stderr }).on('line', async (line) => {
  const [, address] = /^WebDriver BiDi listening on (ws:\S+)$/.exec(line) ?? [];
  if (!address) return void console.error(line);
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (near) => pass(near, new WebSocket(`${address}/session`)));
  await once(server, 'listening');
  console.error(`WebDriver BiDi listening on ws://127.0.0.1:${server.address().port}`);
});

function pass(near, far) {
  const opened = once(far, 'open');
  near.on('message', async (data) => {
    await opened;
    const { id, method } = JSON.parse(String(data));
    if (NOT_KNOWN_YET.has(method)) near.send(JSON.stringify({ type: 'success', id, result: {} }));
    else far.send(String(data));
  });
  far.on('message', (data) => near.send(String(data)));
  near.on('close', () => far.close());
  far.on('close', () => near.close());
  far.on('error', () => near.terminate());
}
