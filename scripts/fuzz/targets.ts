import { join } from 'node:path';
import { gridGeoJson, gridTree } from '../../server/test/support/figure/gridGeoJson.ts';
import { uploadedSeeds } from '../../server/test/support/figure/hostileFile.ts';
import {
  actSeeds,
  type Contract,
  contractWords,
  cookieSeeds,
  readContract,
  requestSeeds,
  uploadSeeds,
} from '../../server/test/support/requests/seeds.ts';
import { clientDescriptions } from '../../server/test/support/sdp/golden.ts';
import { signalSeeds } from '../../server/test/support/signals/seeds.ts';
import { framedRequest } from '../../server/test/support/stun.ts';

export interface FuzzTarget {
  /** Module that exports `fuzz(data: Buffer)`. */
  readonly file: string;
  /** Parts of paths whose coverage guides the fuzzer. */
  readonly instrument: readonly string[];
  readonly sync: boolean;
  readonly maxLength: number;
  /** Words that mean something to the code. */
  words(): readonly string[] | Promise<readonly string[]>;
  seeds(): Iterable<string | Uint8Array> | Promise<Iterable<string | Uint8Array>>;
}

/** Attribute names, kinds and numbers of real descriptions: whatever stands before a colon or between spaces, if short. */
function sdpWords(): string[] {
  const words = new Set(['\r\n', 'a=', 'm=']);
  for (const text of clientDescriptions()) {
    for (const word of text.split(/[\r\n :;,]+/)) {
      if (word.length > 1 && word.length < 40 && /^[ -~]+$/.test(word) && !/^[0-9A-F]{2}$/.test(word)) words.add(word);
    }
  }
  return [...words].slice(0, 2000);
}

/** Each format of a batch of figures, behind the byte that names it. */
const batchSeeds = [
  '\x40{"indicator":"beds","unit":"00001","period":"2026-11-26","value":12.5,"status":"P"}\n',
  '\x41indicator,unit,period,value,status\nbeds,"00001",2026-11-26,12.5,P\r\nbeds,2,2026-11-26,,O\n',
  '\x42ACTION,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nA,beds,1,2026-11-26,5,0\n',
  '\x43{"period":"202611","dataValues":[{"dataElement":"beds","orgUnit":"1","value":"1"}],"orgUnit":"2"}',
];

/** Asked of a node once, since it takes its time to start. */
let contract: Promise<Contract> | undefined;
const contractOf = (): Promise<Contract> => {
  contract ??= readContract();
  return contract;
};

/** A whole node with its stores, of which everything is looked at that reads what comes by HTTP or the order channel. */
const node = {
  instrument: ['server/src/edge/http', 'server/src/edge/socket', 'server/src/domain', 'server/src/protocol'],
  sync: false,
  words: async () => contractWords(await contractOf()),
} as const;
const requests = { ...node, file: join(import.meta.dirname, 'requests.target.ts') } as const;

export const targets: Readonly<Record<string, FuzzTarget>> = {
  sdp: {
    file: join(import.meta.dirname, 'sdp.target.ts'),
    instrument: ['server/src/media/sdp'],
    sync: true,
    maxLength: 32_768,
    words: sdpWords,
    seeds: clientDescriptions,
  },
  signals: {
    file: join(import.meta.dirname, 'signals.target.ts'),
    instrument: ['server/src/edge/livekit', 'server/src/hall', 'server/src/media/sdp'],
    sync: false,
    maxLength: 65_536,
    words: sdpWords,
    seeds: signalSeeds,
  },
  http: { ...requests, maxLength: 8_192, seeds: async () => requestSeeds(await contractOf()) },
  cookies: { ...requests, maxLength: 2_048, seeds: cookieSeeds },
  uploads: { ...requests, maxLength: 32_768, seeds: async () => uploadSeeds(await contractOf()) },
  acts: { ...node, file: join(import.meta.dirname, 'acts.target.ts'), maxLength: 8_192, seeds: actSeeds },
  figures: {
    file: join(import.meta.dirname, 'figures.target.ts'),
    instrument: ['server/src/domain/figure/formats'],
    sync: false,
    maxLength: 4_096,
    words: () => [
      '"dataValues":[',
      '"dataElement":',
      '"orgUnit":',
      'indicator,unit,period,value',
      '"value":null',
      '\r\n',
      '""',
    ],
    seeds: () => batchSeeds,
  },
  sheets: {
    file: join(import.meta.dirname, 'sheets.target.ts'),
    instrument: ['server/src/domain/figure', 'server/src/lib/measuredZip', 'read-excel-file'],
    sync: false,
    maxLength: 4_096,
    words: () => [
      '<row r="',
      '<c r="A1" t="s">',
      '<v>1e999</v>',
      '<f>',
      'unit;period;beds',
      'unit,period,indicator,value',
    ],
    seeds: () => uploadedSeeds,
  },
  borders: {
    file: join(import.meta.dirname, 'borders.target.ts'),
    instrument: ['server/src/domain/figure/borders', 'topojson'],
    sync: true,
    maxLength: 8_192,
    words: () => [
      '"geometry":',
      '"MultiPolygon"',
      '"coordinates":[[[[',
      '1e308',
      '-0',
      'null',
      '"properties":{"code":"498"}',
    ],
    seeds: () => [0, 1, 5].map((edge) => JSON.stringify(gridGeoJson(gridTree, edge))),
  },
  stun: {
    file: join(import.meta.dirname, 'stun.target.ts'),
    instrument: ['server/src/edge/sharedPort'],
    sync: true,
    maxLength: 1_400,
    words: () => ['ours:theirs', 'GET / HTTP/1.1', '\x16\x03\x01', '\x21\x12\xa4\x42', '\x80\x28\x00\x04'],
    seeds: () => [
      framedRequest('ours:theirs', { password: 'another password', fingerprint: true }),
      framedRequest('ours:theirs', { password: 'another password' }),
      framedRequest(undefined),
    ],
  },
};
