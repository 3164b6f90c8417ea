import { loadSfuConfig } from '@dieu-hanh/sfu-config';
import { OwnServer, ownKeys } from '../../server/test/support/OwnServer.ts';
import { BareMediasoup } from './BareMediasoup.ts';

// A server to be measured, in a process of its own: `own` or `bare`, how many workers it has, and
// `estimation` when it is to estimate its viewers' bandwidth. Says by IPC where it listens; collects garbage when asked.

const workerBin = process.env.MEDIASOUP_WORKER_BIN;
const [, , kind, workers, estimation] = process.argv;
const settings = loadSfuConfig(process.env.SFU_CONFIG);
// The first guess is far above what is sent, as LiveKit's is: all viewers have the top layer from the start, and the same packets.
if (estimation === 'estimation') Object.assign(settings.media, { estimation: true, startBitrate: 10_000_000 });
const server =
  kind === 'own'
    ? await OwnServer.start({ workers: Number(workers), settings })
    : await BareMediasoup.create(Number(workers), workerBin);
process.send?.({ url: server.url.replace(/^ws/, 'http'), ...ownKeys });
process.on('message', () => {
  // The first call may leave what its finalizers free.
  for (let i = 0; i < 2; i++) globalThis.gc?.();
  process.send?.('collected');
});
process.on('disconnect', async () => {
  await server.close();
  process.exit(0);
});
