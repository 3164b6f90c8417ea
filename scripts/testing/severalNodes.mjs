/**
 * Files that start one server, and ask it as clients do, run on two nodes as well (`TEST_NODES`), with each client at one of them by chance
 * (`TEST_SEED`): a promise that holds on one node alone is none.
 */
export const FOLDERS = ['server/test/conformance', 'server/test/scenarios'];

/** Those that do not, and why. */
const APART = [
  {
    file: /\/(cascade|cluster)\/|\/(overNodes|twoNodes|out|placement|waves|drain|stoppedNode|failover|balancer|forgedAddress|secondNode|join)\.test\.ts$/,
    why: 'they make their nodes themselves',
  },
  {
    file: /\/(reach|sfu|sharedPort)\//,
    why: 'media and ports of one machine',
  },
  {
    file: /\/signalling\/|\/stage\/(cut|limits|return|stage)\.test\.ts$/,
    why: 'they look into the server, which is in their own process',
  },
  { file: /\/(badInput|requests|sdpInChromium|signalFrames)\.test\.ts$/, why: 'what one server does not read' },
  {
    file: /\/demo\/|\/survive\/(flood|fullDisk|refusal|rights|supervisor)\.test\.ts$/,
    why: 'how one process starts and ends',
  },
  {
    file: /\/(paused|pausedServer)\.test\.ts$/,
    why: 'a server that stood still keeps its devices where it is alone, and cuts them where it has others (CL8)',
  },
  {
    file: /\/floor\/outages\.test\.ts$/,
    why: 'while Redis is away a call goes on where there is one node, and is refused where there are others (CL6): floor/twoNodes holds that',
  },
  { file: /\/(comeback|bodies)\.test\.ts$/, why: 'how many, and how much, a node lets in, each by itself' },
  { file: /\/(internalListener|monitoring)\.test\.ts$/, why: 'what each node tells of itself' },
];

/** After so many days each of them has run on two nodes: all of them take minutes more than a change should wait. */
const DAYS = 8;

export const isForOneNode = (file) => APART.some((rule) => rule.file.test(file));

/** @param {string[]} files those that can run on several nodes @param day since 1970 */
export const turnOf = (files, day) => files.filter((_, i) => i % DAYS === day % DAYS);

/** Of today, everywhere: what fails can be tried again, and each day something else is. */
export const dayOf = (now = Date.now()) => Math.floor(now / 86_400_000);
