import { serveMeter } from './loopMeter.ts';

// The server as it is, which also says how late its loop is.

serveMeter(Number(process.env.METER_PORT));
await import('../../server/src/main.ts');
