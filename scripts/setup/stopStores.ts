/** Stops the embedded stores of DATA_DIR when their server is dead. usage: node stopStores.ts */
import { stopEmbedded } from '../../server/src/store/embedded/index.ts';
import { installation } from '../support/installation.ts';

const config = await installation();
if (!(config.DATABASE_URL && config.REDIS_URL) && config.JOIN_URL === undefined) await stopEmbedded(config);
