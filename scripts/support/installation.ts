import { joinedSettings } from '../../server/src/compose/joined.ts';
import { type Config, readConfig } from '../../server/src/config.ts';

/** The settings of this installation; of a node that has joined another one, with what it was told when it last started. */
export const installation = async (): Promise<Config> => readConfig(await joinedSettings(process.env, { ask: false }));
