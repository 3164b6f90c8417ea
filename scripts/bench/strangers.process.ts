import { sendStrangers } from '../measure/sendStrangers.ts';
import type { Stranger } from '../measure/strangers.ts';

// Sends one kind of packet to a port until it is told to stop; then it says how many went out.

const [kind, address, port, ufrag, perSecond] = process.argv.slice(2) as [Stranger, string, string, string, string];
const stop = sendStrangers(kind, { address, port: Number(port), ufrag }, Number(perSecond));

process.on('message', () => process.send?.(stop()));
process.on('disconnect', () => process.exit(0));
