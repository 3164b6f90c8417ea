import { Server } from './Server.ts';

/** Once, before all stories that one command tells: the first start of a demo takes more than half of what some of them take. */
export default (): Promise<() => Promise<void>> => Server.makeData();
