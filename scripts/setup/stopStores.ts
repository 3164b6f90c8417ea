/** Stops the embedded stores of DATA_DIR when their server is dead. usage: node stopStores.ts */
import { readConfig } from '../../server/src/config.ts';
import { stopEmbedded } from '../../server/src/store/embedded/index.ts';

const config = readConfig(process.env);
if (!(config.DATABASE_URL && config.REDIS_URL)) await stopEmbedded(config);
