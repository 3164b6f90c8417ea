import { OwnServer, ownKeys } from '../../server/test/support/OwnServer.ts';
import { BareMediasoup } from './BareMediasoup.ts';

// A server to be measured, in a process of its own: `own` or `bare` as first argument. Says by IPC where it listens.

const workerBin = process.env.MEDIASOUP_WORKER_BIN;
const server = process.argv[2] === 'own' ? await OwnServer.start() : await BareMediasoup.create(workerBin);
process.send?.({ url: server.url.replace(/^ws/, 'http'), ...ownKeys });
process.on('disconnect', async () => {
  await server.close();
  process.exit(0);
});
