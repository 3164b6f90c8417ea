import type { ChannelState } from '../src/api/channel/ChannelState.ts';
import { type RoundFigures, takeTick } from '../src/api/channel/rounds.ts';
import type {
  Account,
  Answerer,
  AskedNumber,
  Entry,
  EntryPage,
  EntryState,
  NumberSum,
  Round,
  RoundCount,
  SaidNumbers,
  Wall,
} from '../src/api/contract.ts';
import type { OutboxEntry } from '../src/api/outbox/outboxEntry.ts';
import { Store } from '../src/lib/Store.ts';
import type { OutboxTools } from '../src/session/OutboxContext.tsx';
import { baseOf, type Unit } from './country.ts';
import { keepsNothing } from './officeFixtures.ts';

const id = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

/** `round`, `round-due`, `wall-place` …: the scenes with a round in them. */
const hasRound = (state: string): boolean => /^(round|wall|rollcall|answers)/.test(state);

function roundOf(state: string, asked: number): Round {
  const phase = /due|late/.test(state) ? 'due' : /closed|answers/.test(state) ? 'closed' : 'open';
  const deadline = { open: -42, due: 95, closed: 700 }[phase];
  return {
    id: id(2),
    briefing: '00000000-0000-4000-8000-000000000005',
    nr: 2,
    question: /number/.test(state) ? 'Giường trống: bao nhiêu giường?' : 'Lãnh đạo đơn vị có mặt không?',
    scope: ['vn'],
    expected: asked,
    state: phase,
    openedAt: ago(deadline + 60),
    deadline: ago(deadline),
    lateUntil: ago(deadline - 600),
    closedAt: phase === 'closed' ? ago(100) : null,
    repromptSeconds: 30,
    answerers: ['chair', 'deputy', 'substitute'],
    proof: /challenge/.test(state) ? 'challenge' : /confirm/.test(state) ? 'official' : 'tap',
    challenge: /challenge/.test(state) ? '47' : null,
    quorum: { tier: 'province', percent: 90 },
    ...(/number/.test(state) && { number: beds }),
    reopens: null,
    by: 'Văn phòng Chính phủ',
    version: 1,
  };
}

const beds: AskedNumber = {
  ...{ label: 'Giường trống', unit: 'giường', scale: 0, min: 0, max: 5_000, soft: null, indicator: null },
};

/** What a unit has said, if it has answered: in some provinces there are more beds than in others. */
function numberOf(entry: Pick<Entry, 'path' | 'state'>, index: number): SaidNumbers['units'][number] {
  const unit = entry.path.slice(entry.path.lastIndexOf('.') + 1);
  const lot = (index * 7919) % 100;
  if (/called|absent|excused|unconfirmed/.test(entry.state) || lot === 9) return [unit, null, 'n'];
  const rich = 1 + ((Number(entry.path.split('.')[1]) * 37) % 11);
  if (lot === 11) return [unit, 4_100, 'h'];
  return [unit, (lot % 7) * rich + (lot % 3), entry.state === 'late' ? 'l' : 'f'];
}

/** FG32 */
function sumsOf(entries: EntryPage['entries']): ReadonlyMap<string, NumberSum> {
  const sums = new Map<string, NumberSum>();
  for (const [i, entry] of entries.entries()) {
    const [, value, state] = numberOf(entry, i);
    const above = entry.path.split('.').slice(0, -1);
    for (const unit of above) {
      const none = { expected: 0, fresh: 0, late: 0, stale: 0, none: 0, held: 0, contested: 0 };
      const sum = sums.get(unit) ?? { unit, value: null, coverage: none };
      const key = ({ f: 'fresh', l: 'late', h: 'held', n: 'none' } as const)[state as 'f'];
      const coverage = { ...sum.coverage, expected: sum.coverage.expected + 1, [key]: sum.coverage[key] + 1 };
      const counted = value === null || state === 'h' ? sum.value : (sum.value ?? 0) + value;
      sums.set(unit, { unit, value: counted, coverage });
    }
  }
  return sums;
}

/** The same fate for a unit at each look; some provinces are slower than others. */
function stateOf(index: number, province: string, phase: Round['state']): EntryState {
  const lot = (index * 7919) % 100;
  const slow = (Number(province) * 13) % 7;
  if (lot < 2 + slow * (phase === 'closed' ? 1 : 3)) return phase === 'open' ? 'called' : 'absent';
  if (lot >= 98) return 'excused';
  if (lot >= 97) return 'official';
  if (lot >= 96) return 'away';
  if (phase !== 'open' && lot >= 93) return 'late';
  return lot >= 88 ? 'substituted' : 'answered';
}

function entryOf(unit: Unit, index: number, round: Round): EntryPage['entries'][number] {
  const found = stateOf(index, unit.path.split('.')[1] ?? '', round.state);
  const silent = found === 'called' || found === 'absent';
  const state = silent && round.proof === 'official' && index % 3 === 0 ? 'unconfirmed' : found;
  const own = state === 'answered' || state === 'late' || state === 'substituted' || state === 'unconfirmed';
  const away = state === 'away';
  const missing = state === 'called' || state === 'absent';
  const answerer: Answerer = state === 'substituted' ? 'substitute' : index % 4 === 0 ? 'deputy' : 'chair';
  return {
    round: round.id,
    unit: unit.code,
    unitName: unit.name,
    path: unit.path,
    state: away ? 'absent' : state,
    ...(away && { away }),
    at: missing ? null : ago(20 + (index % 30)),
    answerer: own ? answerer : null,
    name: state === 'substituted' ? 'Nguyễn Thị Hoa' : state === 'official' ? 'Trần Văn Bình' : null,
    by: own || away ? `UBND ${unit.name}` : missing ? null : 'Văn phòng Chính phủ',
    note: state === 'excused' || away ? 'Đang chống bão' : null,
    unconfirmed: state === 'unconfirmed',
  };
}

/** What the order channel knows of roll-calls in a scene, and what it answers about them. */
export function rollCallOf(page: string, state: string, units: readonly Unit[]) {
  const communes = baseOf(units);
  if (!hasRound(state)) return { known: {}, answer: () => undefined };
  const round = roundOf(state, communes.length);
  const entries = communes.map((unit, i) => entryOf(unit, i, round));
  const first: Round = { ...roundOf('closed', communes.length), id: id(1), nr: 1, quorum: null };
  const rounds = state.startsWith('answers') || state === 'round-many' ? [first, round] : [round];
  const own = communes[2] ?? communes[0];
  const mine: Entry[] = own ? [{ ...entryOf(own, 8, first), state: 'answered' }] : [];
  const known: Partial<ChannelState> = {
    rounds: page === 'commune' ? rounds.map((one) => ({ ...one, challenge: null })) : rounds,
    entries: new Map(page === 'commune' && state.startsWith('answers') ? mine.map((entry) => [first.id, entry]) : []),
    figures: page === 'commune' ? new Map() : new Map([[round.id, figuresOf(round, units, entries)]]),
    ...(round.number && { sums: new Map([[round.id, sumsOf(entries)]]) }),
    prompts: 1,
  };
  return { known, answer };

  function answer(name: string, ask: { root?: string; limit?: number }): unknown {
    if (name === 'round.wall')
      return {
        round: round.id,
        seq: 1,
        entries: entries.map((one) => (one.away ? [one.unit, one.state, 'away'] : [one.unit, one.state])),
      } satisfies Wall;
    if (name === 'round.numbers')
      return { round: round.id, seq: 1, units: entries.map(numberOf) } satisfies SaidNumbers;
    if (name !== 'round.entries') return undefined;
    const root = units.find(({ code }) => code === ask.root)?.path;
    const found = entries.filter(({ path }) => `${path}.`.startsWith(`${root}.`)).slice(0, 1000);
    return { entries: found, total: found.length, next: null } satisfies EntryPage;
  }
}

function figuresOf(round: Round, units: readonly Unit[], entries: EntryPage['entries']): RoundFigures {
  const counts = new Map<string, RoundCount & { away: number }>();
  // A district without communes has its tile beside the others.
  for (const entry of entries)
    for (const code of entry.path.split('.').slice(0, 3)) {
      const count = counts.get(code) ?? {
        ...{
          unit: code,
          expected: 0,
          called: 0,
          answered: 0,
          late: 0,
          substituted: 0,
          official: 0,
          excused: 0,
          unconfirmed: 0,
          absent: 0,
          away: 0,
        },
      };
      count.expected++;
      count[entry.state]++;
      if (entry.away) count.away++;
      counts.set(code, count);
    }
  const lacking = units.filter(({ code, tier }) => {
    const count = counts.get(code);
    return tier === 'province' && count && count.called + count.absent > count.expected / 10;
  });
  const tick = {
    briefing: round.briefing,
    round: round.id,
    quorum: { satisfied: lacking.length === 0, missing: lacking.map(({ code }) => code) },
  };
  const before = [...counts.values()].map((count, i) => ({ ...count, answered: count.answered - ((i * 7) % 4) }));
  const first = takeTick(undefined, { ...tick, at: ago(3), full: true, counts: before });
  return takeTick(first, { ...tick, at: ago(1), full: false, counts: [...counts.values()] });
}

/** An outbox of which the server takes what the scene says that it takes. */
export function outboxOf(account: Account, state: string): OutboxTools {
  const store = new Store<{ entries: readonly OutboxEntry[]; durable: boolean }>({ entries: [], durable: true });
  return {
    state: store,
    post: async (via, key, payload) => {
      const common = { key, owner: account.id, via, payload, writtenAt: ago(0) };
      const at = { entry: recordedOf(account, state), receipt: receipt(), first: true };
      const entry = /sent/.test(state)
        ? { ...common, status: 'unsent' }
        : { ...common, status: 'recorded', answer: at };
      store.set({ entries: [entry as OutboxEntry] });
    },
    dismiss: async () => undefined,
    carry: () => () => undefined,
    hurry: () => undefined,
    receipts: keepsNothing,
    unsent: async () => ({ own: 0, others: 0 }),
    forget: async () => undefined,
  };
}

const recordedOf = (account: Account, state: string): Entry => ({
  round: id(2),
  unit: account.unit.code,
  path: account.unit.path,
  state: /late/.test(state) ? 'late' : 'answered',
  at: ago(0),
  answerer: 'chair',
  name: null,
  by: account.name,
  note: null,
  unconfirmed: /confirm/.test(state),
});

const receipt = () => ({ seal: 12_408 });
