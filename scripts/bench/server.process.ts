import { loadSfuConfig } from '@dieu-hanh/sfu-config';
import { OwnServer, ownKeys } from '../../server/test/support/OwnServer.ts';
import { BareMediasoup } from './BareMediasoup.ts';

// A server to be measured, in a process of its own: `own` or `bare`, then how many workers it has. Says by IPC where it listens.

const workerBin = process.env.MEDIASOUP_WORKER_BIN;
const [, , kind, workers] = process.argv;
const server =
  kind === 'own'
    ? await OwnServer.start({ workers: Number(workers), settings: loadSfuConfig(process.env.SFU_CONFIG) })
    : await BareMediasoup.create(Number(workers), workerBin);
process.send?.({ url: server.url.replace(/^ws/, 'http'), ...ownKeys });
process.on('disconnect', async () => {
  await server.close();
  process.exit(0);
});
