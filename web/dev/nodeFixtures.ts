import type { ClusterNode, NodeEvent, NodesPage } from '../src/api/contract.ts';
import { country, type Unit } from './country.ts';
import { lotOf } from './fates.ts';
import type { Answers } from './officeFixtures.ts';

const id = (n: number): string => `00000000-0000-4000-a000-${String(n).padStart(12, '0')}`;
const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
const TITLE = 'Hội nghị Thủ tướng với 10.056 xã, phường, thị trấn và huyện đảo';
const DAY = 86_400;

const nameOf = (n: number): string => `${['hn', 'dn', 'hcm'][n % 3]}-${Math.floor(n / 3) + 1}`;
const regionOf = (n: number): string => ['mien-bac', 'mien-trung', 'mien-nam'][n % 3] ?? '';

function nodeOf(n: number, count: number, viewers: number): ClusterNode {
  const drains = count > 1 && n === 1;
  const isSilent = count > 3 && n === 7;
  const isFull = count > 3 && n === 5;
  const busy = isFull ? 0.71 : drains ? 0.1 : 0.32 + 0.03 * (n % 5);
  const cores = 32;
  const packets = cores * 100_000;
  const use = (what: 'cores' | 'packets' | 'loop' | 'mbit', of: number, share: number, given: number) => ({
    ...{ what, of, used: of * share, given: of * given },
  });
  return {
    boot: id(n + 1),
    name: nameOf(n),
    here: n === 0,
    about: {
      state: drains ? 'drains' : count > 3 && n === 9 ? 'empty' : 'serves',
      ...{ version: '0.1.0', since: ago(DAY * 6 + 3_600 * n), region: regionOf(n) },
      ...{ viewers, devices: viewers + 12 },
      uses: [
        use('cores', cores, busy, 0.7),
        use('packets', packets, busy * 0.8, 0.7),
        use('loop', 1, busy * 0.6, 0.6),
        ...(n % 2 === 0 ? [use('mbit', 10_000, busy * 0.7, 0.7)] : []),
      ],
      room: drains || isFull ? 0 : Math.round((0.7 - busy) * 9_000),
      expected: n === 2 ? 37 : 0,
      lacksMedia: count > 3 && n === 4,
    },
    reached: isSilent ? null : { address: `https://${nameOf(n)}.dieuhanh.example.vn`, pipes: `10.0.0.${n + 11}` },
  };
}

function eventsOf(count: number): NodeEvent[] {
  const event = (kind: NodeEvent['kind'], n: number, seconds: number, more: Partial<NodeEvent> = {}): NodeEvent => ({
    ...{ at: ago(seconds), kind, node: nameOf(n), detail: null, carried: null },
    ...more,
  });
  const carries = (epoch: number) => ({ carried: { title: TITLE, epoch } });
  if (count === 1) return [event('carries', 0, 3_000, carries(1)), event('came', 0, 6 * DAY, { detail: '0.1.0' })];
  return [
    event('drains', 1, 40, { detail: 'Quản trị hệ thống' }),
    event('came', 2, 1_260, { detail: '0.1.0' }),
    event('carries', 0, 1_804, carries(2)),
    event('vanished', 2, 1_802),
    event('carries', 2, 3_000, carries(1)),
    event('serves', 0, 5_000, { detail: 'dh node' }),
    event('emptied', 0, 5_400),
    event('drains', 0, 5_460, { detail: 'dh node' }),
    event('left', 0, 6 * DAY + 60),
    event('came', 0, 6 * DAY, { detail: '0.1.0' }),
  ];
}

/** What the server would answer to who runs the machines. @param count nodes */
export async function nodesAnswers(count: number): Promise<Answers> {
  const units = await country(20_000);
  const provinces = units.filter(({ path }) => path.split('.').length === 2);
  const kept = count === 1 ? provinces.slice(0, 3) : provinces;
  const size = (unit: Unit, n: number) =>
    Math.ceil(((lotOf(unit.code) + 30) * (n % 3 === lotOf(unit.code) % 3 ? 4 : 1)) / (2 * count));
  const boots = Array.from({ length: count }, (_, n) => n);
  const page: NodesPage = {
    ...{ cluster: count > 1, known: true },
    nodes: boots.map((n) =>
      nodeOf(
        n,
        count,
        kept.reduce((sum, unit) => sum + size(unit, n), 0),
      ),
    ),
    pipes: boots.slice(1).map((n) => ({
      ...{ from: id(1), to: id(n + 1), tracks: 4, relayed: count > 3 && n === 4 ? 4 : 0, packets: 428 + n },
      lost: n === 2 ? 0.023 : n === 4 ? 0.081 : 0.0004,
    })),
    carried: [
      {
        ...{ briefing: id(77), title: TITLE, epoch: count > 1 ? 2 : 1 },
        ...{ carrier: nameOf(0), standby: count > 1 ? nameOf(2) : null },
      },
    ],
    viewers: [
      ...kept.map((unit) => ({
        ...{ unit: unit.code, name: unit.name },
        at: Object.fromEntries(boots.map((n) => [id(n + 1), size(unit, n)])),
      })),
      { unit: null, name: null, at: { [id(1)]: 9 } },
    ],
    events: eventsOf(count),
  };
  return [[/^\/api\/nodes$/, () => page]];
}
