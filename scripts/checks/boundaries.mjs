/**
 * Holds the import boundaries of docs/architecture.md: imports point down only, and some packages have one importer.
 * usage: node scripts/checks/boundaries.mjs      exit status 1 and one line for each wrong import
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../setup/place.mjs';

const BASE = ['protocol', 'observability', 'lib', 'config.ts'];

/** What each part of server/src may import, beside itself. `types`: only by `import type`, for the ports that it implements. */
const MAY_IMPORT = {
  protocol: { values: [], types: [] },
  lib: { values: [], types: ['protocol'] },
  'config.ts': { values: ['lib'], types: ['protocol'] },
  observability: { values: ['lib', 'config.ts'], types: ['protocol'] },
  store: { values: BASE, types: ['domain', 'cluster'] },
  cluster: { values: BASE, types: [] },
  media: { values: BASE, types: [] },
  hall: { values: [...BASE, 'media', 'cluster'], types: ['domain'] },
  domain: { values: ['protocol', 'observability', 'lib'], types: [] },
  jobs: { values: [...BASE, 'domain', 'hall', 'store', 'cluster'], types: ['media'] },
  edge: { values: [...BASE, 'domain', 'hall', 'media', 'cluster', 'store', 'jobs'], types: [] },
};

const GROUND = ['lib', 'i18n', 'api', 'livekit', 'ui', 'session'];
const SLICES = [
  ...['organisation', 'briefing', 'slides', 'screen', 'floor', 'programme', 'presence', 'rollcall', 'attendance'],
  ...[
    'directive',
    'question',
    'report',
    'contradiction',
    'resubmission',
    'readiness',
    'schedule',
    'minutes',
    'figure',
    'staged',
  ],
  'nodes',
  'hook',
];

/** The same for web/src. A part may be a folder within a folder; a file belongs to the longest name that fits. */
export const WEB_MAY_IMPORT = {
  lib: { values: [], types: [] },
  i18n: { values: [], types: [] },
  api: { values: ['lib'], types: [] },
  livekit: { values: ['lib', 'api'], types: [] },
  ui: { values: ['lib', 'i18n'], types: [] },
  session: { values: ['lib', 'i18n', 'api', 'livekit', 'ui'], types: [] },
  shell: { values: GROUND, types: [] },
  organisation: { values: GROUND, types: [] },
  briefing: { values: GROUND, types: [] },
  slides: { values: GROUND, types: [] },
  screen: { values: GROUND, types: [] },
  staged: { values: GROUND, types: [] },
  floor: { values: [...GROUND, 'organisation', 'briefing', 'slides', 'staged'], types: [] },
  programme: { values: [...GROUND, 'briefing', 'floor'], types: [] },
  presence: { values: [...GROUND, 'organisation'], types: [] },
  rollcall: { values: [...GROUND, 'organisation', 'briefing', 'floor'], types: [] },
  attendance: { values: [...GROUND, 'organisation'], types: [] },
  directive: { values: [...GROUND, 'organisation', 'figure'], types: [] },
  question: { values: [...GROUND, 'organisation'], types: [] },
  report: { values: [...GROUND, 'floor', 'rollcall', 'directive'], types: [] },
  contradiction: { values: GROUND, types: [] },
  resubmission: { values: GROUND, types: [] },
  readiness: { values: GROUND, types: [] },
  schedule: { values: [...GROUND, 'organisation', 'readiness'], types: [] },
  minutes: { values: [...GROUND, 'floor', 'rollcall', 'directive', 'report'], types: [] },
  figure: { values: [...GROUND, 'organisation', 'slides', 'staged', 'floor', 'programme'], types: [] },
  nodes: { values: GROUND, types: [] },
  hook: { values: GROUND, types: [] },
  'pages/seat': { values: [...GROUND, ...SLICES], types: [] },
  'pages/office': { values: [...GROUND, ...SLICES], types: [] },
  'pages/programme': { values: [...GROUND, ...SLICES], types: [] },
  'pages/wall': { values: [...GROUND, ...SLICES], types: [] },
  'pages/moderator': { values: [...GROUND, ...SLICES, 'pages/office'], types: [] },
  'pages/principal': { values: [...GROUND, ...SLICES, 'pages/office'], types: [] },
  app: {
    values: [
      ...GROUND,
      ...SLICES,
      'shell',
      'pages/seat',
      'pages/office',
      'pages/moderator',
      'pages/principal',
      'pages/programme',
      'pages/wall',
    ],
    types: [],
  },
};

/** The houses, each with its table, and what puts its parts together and may therefore see all of them. */
const HOUSES = [
  { folder: 'server/src', mayImport: MAY_IMPORT, roof: ['main.ts', 'compose', 'demo'] },
  { folder: 'web/src', mayImport: WEB_MAY_IMPORT, roof: [] },
];

/** What only officials load, and what only a unit's seat does: neither side of a slice, nor of another, sees the other. */
const SIDES = { seat: 'desk', desk: 'seat' };

/**
 * Folders whose parts stand on each other, named from the ground up: each may import those before it, types as well. Files
 * that lie in the folder itself put the parts together, so no part sees them; `types.ts` is the contract that all share.
 */
const STANDING_ON = {
  'server/src/hall': ['shared', 'stages', 'tell', 'publish', 'nodes', 'view', 'room'],
  'server/src/media/sfu': ['data', 'line', 'track', 'worker', 'pipe', 'peer'],
};

/** States and rules without a class (files in camelCase): the store folds, hashes and compares as the domain does. */
const PURE = /^server\/src\/domain\/(\w+\/)+([a-z]\w*|\w+State)\.ts$/;

/** Packages with one importer. */
const ONLY = [
  { name: 'mediasoup', where: /^server\/src\/media\/sfu\/|^scripts\// },
  { name: 'ioredis', where: /^server\/src\/(cluster|jobs|store)\// },
  { name: 'bullmq', where: /^server\/src\/(jobs|compose)\// },
  { name: 'express', where: /^server\/src\/(edge|observability|compose)/ },
  { name: 'socket.io', where: /^server\/src\/(edge|compose)/ },
  { name: 'pg', where: /^server\/(src\/(store|compose)|test\/)/ },
];

const IMPORT = /^\s*(import|export)\s+(type\s)?([^'";]*?from\s+)?['"]([^'"]+)['"]/gm;
const LAZY = /\bimport\(\s*['"]([^'"]+)['"]/g;

/** @returns {string[]} one sentence for each import that crosses a boundary */
export function violations(file, source) {
  const found = [];
  const house = HOUSES.find(({ folder }) => file.startsWith(`${folder}/`));
  const layer = house && partOf(house, file);
  if (house && !layer) return [`${file}: lies in no part of ${house.folder} that boundaries.mjs knows`];
  const isTest = /\.test\.ts$|\/test\//.test(file);
  for (const { type, names, target } of importsOf(source)) {
    const say = (why) => found.push(`${file}: imports ${target}, but ${why}`);
    if (target.startsWith('.')) {
      const path = relative(root, resolve(root, file, '..', target));
      const to = house && partOf(house, path);
      const rule = house?.mayImport[layer];
      const typeOnly = Boolean(type) || /^\{(\s*type\s+\w+(\s+as\s+\w+)?\s*,?)+\s*\}\s*from/.test(names.trim());
      if (layer === 'protocol' && to !== 'protocol') say('the protocol imports zod and itself alone');
      else if (rule && to && to !== layer && !isTest && !isAllowed(rule, to, path, typeOnly))
        say(
          `${layer} may import only ${[...rule.values, ...rule.types.map((t) => `types of ${t}`)].join(', ') || 'itself'}`,
        );
      const above = standsAbove(file, path);
      if (above && !isTest) say(`${above} stands above it`);
      if (file.startsWith('web/') && path.startsWith('server/src/') && !path.startsWith('server/src/protocol/'))
        say('the web app sees the protocol of the server alone');
      const [side, other] = [file, path].map((f) => /^web\/src\/\w+\/(seat|desk)\//.exec(f)?.[1]);
      if (side && other === SIDES[side] && !isTest) say(`what lies in ${side}/ does not see ${other}/`);
      if (file.startsWith('web/') && SLICES.includes(layer) && !side && other) say('what both sides use sees neither');
    } else if (layer === 'protocol' && !isTest && target !== 'zod') say('the protocol imports zod and itself alone');
    const one = ONLY.find(({ name }) => target === name || target.startsWith(`${name}/`));
    if (one && !isTest && file.startsWith('server/src/') && !one.where.test(file))
      say(`${one.name} is imported elsewhere: ${one.where.source}`);
  }
  return found;
}

/** Imports that stand at the beginning of a line, and those that load when they are wanted. */
function* importsOf(source) {
  for (const [, , type, names = '', target] of source.matchAll(IMPORT)) yield { type, names, target };
  for (const [, target] of source.matchAll(LAZY)) yield { type: undefined, names: '', target };
}

/** @returns {string | undefined} the part of a house that a file lies in, by its name in the table */
function partOf({ folder, mayImport, roof }, file) {
  if (!file.startsWith(`${folder}/`)) return undefined;
  const within = file.slice(folder.length + 1);
  const fits = [...Object.keys(mayImport), ...roof].filter((part) => within === part || within.startsWith(`${part}/`));
  return fits.toSorted((a, b) => b.length - a.length)[0];
}

/** @returns what a part may not see of its own folder, by name */
function standsAbove(file, path) {
  for (const [folder, parts] of Object.entries(STANDING_ON)) {
    if (!file.startsWith(`${folder}/`) || !path.startsWith(`${folder}/`)) continue;
    const [from, to] = [file, path].map((f) => f.slice(folder.length + 1).split('/')[0]);
    const below = ['types.ts', ...parts.slice(0, parts.indexOf(from) + 1)];
    if (parts.includes(from) && !below.includes(to)) return to;
  }
  return undefined;
}

function isAllowed(rule, to, path, typeOnly) {
  return rule.values.includes(to) || (rule.types.includes(to) && (typeOnly || PURE.test(path)));
}

function sources(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => /\.(ts|tsx)$/.test(name) && !/node_modules|dist\//.test(name))
    .map((name) => join(folder, name));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const files = ['server/src', 'sfu-config/src', 'web/src'].flatMap(sources);
  const found = files.flatMap((file) => violations(file, readFileSync(join(root, file), 'utf8')));
  for (const line of found) console.log(line);
  console.log(`${files.length} files, ${found.length} wrong imports`);
  process.exit(found.length === 0 ? 0 : 1);
}
