import { southern, tiers } from '../../server/src/demo/country.ts';
import { allowedActs } from '../../server/src/domain/shared/rights.ts';
import type { ChannelState } from '../src/api/channel/ChannelState.ts';
import {
  type Account,
  type AgendaItem,
  type Briefing,
  type Call,
  type Hand,
  type Role,
  type Roster,
  type Seat,
  type Session,
  type Speaker,
  within,
} from '../src/api/contract.ts';
import { Store } from '../src/lib/Store.ts';
import type { DevicesState } from '../src/livekit/Devices.ts';
import type { MediaState, Person } from '../src/livekit/types.ts';
import { fold, matches } from '../src/organisation/nameSearch.ts';
import type { BriefingTools } from '../src/session/BriefingContext.tsx';
import { baseOf, country, countsOf, rowOf, type Unit, withinOf } from './country.ts';
import { cameraOf, trackOf, voiceOf } from './pictures.ts';
import { questionsOf } from './questionFixtures.ts';
import { rollCallOf } from './rollcallFixtures.ts';
import { inRooms } from './roomFixtures.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

export interface Scene {
  readonly page: 'commune' | 'principal' | 'moderator' | 'office' | 'operator' | 'steward';
  readonly state: string;
  readonly count: number;
}

/** Fixed tools for one page in one state. */
export async function toolsOf({ page, state: told, count }: Scene): Promise<BriefingTools> {
  // `call-card`: behind a card that everybody sees.
  const isCarded = told.endsWith('-card');
  const state = told.replace(/-card$/, '');
  const units = await country(count);
  const communes = baseOf(units);
  const rows = communes.map((unit, i) => rowOf(unit, i, state));
  const root = units[0] as Unit;
  const leads =
    page === 'moderator' && /^(room|figure-desk)/.test(state) ? units.find(({ tier }) => tier === 'province') : root;
  const own = page === 'commune' ? (communes[2] ?? root) : (leads ?? root);
  const role: Role = page === 'commune' ? 'seat' : page === 'office' ? 'principal' : page;
  const listed = role === 'steward' && { indicators: ['beds-free', 'oxygen-tonnes'] };
  const account: Account = { id: id(1), name: nameOf(page, own), role, unit: own, ...listed };
  const session: Session = { session: 'fixturefixture', account, person: null, acts: allowedActs(account) };

  const seat = (n: number, name: string, seatRole: Role = 'seat'): Seat => ({
    identity: `seat-${n}`,
    account: id(n),
    unit: communes[n % Math.max(1, communes.length)]?.code ?? 'vn',
    path: communes[n % Math.max(1, communes.length)]?.path ?? 'vn',
    name,
    role: seatRole,
    person: seatRole === 'seat' ? { name: 'Trần Văn Hùng', title: 'Chủ tịch' } : null,
  });
  const me: Seat = { ...seat(900, account.name, role), identity: 'me' };
  const leader = seat(901, 'Thủ tướng Chính phủ', 'principal');
  const stands = state.startsWith('timer') ? { unit: root.code, path: root.path } : {};
  const pm = page === 'principal' ? me : { ...leader, ...stands };
  const tanPhu = seat(1, 'UBND Xã Tân Phú');
  const speaker = (s: Seat, place: Speaker['place'] = 'stage', more: Partial<Speaker> = {}): Speaker => ({
    seat: s,
    place,
    since: ago(1200),
    muted: false,
    checked: false,
    call: null,
    ...more,
  });
  const call = (s: Seat, more: Partial<Call> = {}): Call => ({
    id: id(77),
    briefing: id(5),
    unit: s.unit,
    unitName: 'Xã Tân Phú',
    path: s.path,
    state: 'ringing',
    caller: { account: pm.account, name: pm.name, role: 'principal' },
    ringingAt: ago(8),
    deadline: ago(-22),
    answeredAt: null,
    endedAt: null,
    why: null,
    identity: null,
    ...more,
  });
  const hand = (n: number, name: string, since: number): Hand => ({ seat: seat(n, name), raisedAt: ago(since) });

  const before = ['before', 'preview', 'denied', 'nobody', 'all'].includes(state);
  const speakers: Speaker[] =
    before || state === 'pause' ? [] : [speaker(pm, state === 'holding' ? 'holding' : 'stage')];
  const calls: Call[] = [];
  const hands: Hand[] = [];
  let ring: Call | undefined;
  if ((state === 'call' || state === 'call-starting') && page === 'commune') {
    speakers.push(speaker(me, 'stage', { since: ago(20), call: id(77) }));
    calls.push(call(me, { state: 'accepted', answeredAt: ago(4), identity: 'me' }));
  } else if (state.startsWith('call')) {
    speakers.push(speaker(tanPhu, state === 'call-lost' ? 'holding' : 'stage', { since: ago(20), call: id(77) }));
    calls.push(call(tanPhu, { state: 'accepted', answeredAt: ago(4), identity: tanPhu.identity }));
  }
  if (state === 'call-two') calls.push({ ...call(tanPhu), id: id(78), unitName: 'Phường An Hội Tây' });
  if (state === 'ringing' && page === 'commune') {
    ring = call(me, { unitName: own.name });
    calls.push(ring);
  } else if (state === 'ringing') calls.push(call(tanPhu));
  if (state === 'green' && page === 'commune') speakers.push(speaker(me, 'green'));
  if (state === 'room-air') speakers.push(speaker(me));
  if (state === 'invited')
    speakers.push(speaker(me, 'green', { invited: { by: 'Thủ tướng Chính phủ', at: ago(0), declined: false } }));
  if (state.endsWith('three') || state === 'call-three')
    speakers.push(speaker(seat(31, 'UBND Phường Bến Nghé')), speaker(seat(32, 'UBND Xã Thạnh Mỹ Tây')));
  if (state.startsWith('timer')) {
    const timer = (minutes: number, since: number) => ({ timer: { minutes, since: ago(since) } });
    const given = state === 'timer-over' ? 212 : 29;
    if (page === 'commune') speakers.push(speaker(me, 'stage', timer(3, given)));
    else {
      calls.push(call(tanPhu, { state: 'accepted', answeredAt: ago(40), identity: tanPhu.identity }));
      speakers.push(speaker(tanPhu, 'stage', { since: ago(40), call: id(77), ...timer(3, given) }));
      speakers.push(speaker(seat(31, 'UBND Phường Bến Nghé'), 'stage', timer(2, 163)));
      speakers.push(speaker(seat(32, 'UBND Xã Thạnh Mỹ Tây')));
    }
  }
  if (state === 'muted') speakers.push(speaker(me, 'stage', { muted: true }));
  if (state === 'hand') hands.push({ seat: me, raisedAt: ago(35), place: 3 });
  if (page !== 'commune' && count > 0 && !before) {
    hands.push(
      hand(11, 'UBND Phường Phúc Xá', 190),
      hand(12, 'UBND Xã Thạnh Mỹ Tây', 64),
      hand(13, 'UBND Thị trấn Gia Ray', 12),
    );
    if (page === 'moderator') {
      speakers.push(
        speaker(seat(21, 'UBND Xã Xuân Bắc'), 'green', { checked: true }),
        speaker(seat(22, 'UBND Phường Bửu Long'), 'green'),
      );
    }
  }

  const briefing: Briefing = {
    id: id(5),
    title: 'Hội nghị Thủ tướng với 10.056 xã, phường, thị trấn và huyện đảo',
    state: before ? 'open' : 'live',
    stage: 'vn',
    scope: ['vn'],
    scheduledAt: ago(-900),
    openedAt: ago(3000),
    liveAt: before ? null : ago(2467),
    closedAt: null,
    epoch: 2,
    expected: communes.length,
    agenda: [
      { title: 'Khai mạc', by: 'Thủ tướng Chính phủ', minutes: 10 },
      { title: 'Tình hình mưa lũ và công tác sơ tán dân', by: 'Bộ Nông nghiệp và Môi trường', minutes: 20 },
      { title: 'Ý kiến của các địa phương', minutes: 45 },
      { title: 'Kết luận', by: 'Thủ tướng Chính phủ', minutes: 15 },
    ],
    producers: state.startsWith('timer') ? [account.id] : [],
    language: 'vi',
    rehearsal: false,
    notice: null,
  };
  const rollCall = rollCallOf(page, state, units);
  const channel = new Store<ChannelState>({
    link: state === 'offline' ? 'reconnecting' : 'online',
    briefing,
    floor: inRooms({ briefing: id(5), seq: 4, speakers, hands, calls }, page, state, units),
    handsAway: new Set(state === 'away' ? ['seat-11'] : []),
    air: { briefing: id(5), since: ago(2467), beforeMs: 0 },
    programme: {
      ...{ briefing: id(5), seq: 2 },
      layout: isCarded
        ? { kind: 'card', text: 'Phiên họp tạm nghỉ' }
        : state === 'blocked-three'
          ? { kind: 'gallery', most: 4 }
          : { kind: 'auto' },
      ...{ content: null, at: ago(700) },
      item: before ? null : { nr: 2, ...(briefing.agenda[1] as AgendaItem), since: ago(754) },
    },
    speaker: null,
    presence: countsOf(units, rows),
    presenceAt: count === 0 ? undefined : ago(1),
    ring,
    excess: undefined,
    callNews: 0,
    lastCall: state === 'noanswer' ? call(tanPhu, { state: 'timed-out', endedAt: ago(3) }) : undefined,
    rounds: [],
    entries: new Map(),
    figures: new Map(),
    sums: new Map(),
    slides: undefined,
    staged: undefined,
    questions: questionsOf(page, state, count),
    prompts: 0,
    farewell: undefined,
    refusal: undefined,
    clockOffset: 0,
    ...rollCall.known,
  });
  const people = new Map<string, Person>();
  speakers.forEach(({ seat: s, muted }, i) => {
    people.set(s.identity, {
      identity: s.identity,
      camera: state === 'room-silent' ? undefined : trackOf(i + 1),
      microphone: s.identity.startsWith('seat-2') ? voiceOf(i) : undefined,
      screen: undefined,
      paused: state === 'weak',
      cameraMuted: state === 'call-starting',
      microphoneMuted: muted || state === 'call-starting',
      speaking: i === 0,
    });
  });
  const media = new Store<MediaState>({
    phase: state === 'offline' ? 'reconnecting' : 'connected',
    ended: undefined,
    error: undefined,
    line: state === 'weak' ? 'weak' : 'good',
    pictures: state === 'call-lost' ? 'stopped' : 'flow',
    people,
    me: 'me',
    mayPublish: true,
    mayShare: false,
    sharing: 'off',
    sending: state === 'call-starting' ? 'starting' : 'on',
    held: [],
    soundBlocked: state.startsWith('blocked'),
  });
  const devices = devicesOf(state);
  const nothing = async (): Promise<never> => Promise.reject(new Error('fixtures do nothing'));
  return {
    session,
    identity: 'me',
    api: {
      roster: async (): Promise<Roster> => ({
        tiers: [...tiers],
        units: units.map((u) => [u.code, u.path, u.tier, u.name]),
      }),
      searchUnits: async (q: string) =>
        communes
          .filter(({ name }) => matches(fold(name), q))
          .slice(0, 12)
          .map((u) => ({ ...u, within: withinOf(u, units) })),
      lists: async () => [{ name: southern.name, owner: 'vn', units: [...southern.units], expected: 2_376 }],
      accounts: async () => [
        {
          ...account,
          name: `UBND ${own.name}`,
          disabled: false,
          login: null,
          links: [
            { id: id(3), bound: true, password: false, issuedAt: ago(90000), lastUsedAt: ago(4000), expiresAt: null },
          ],
          sessions: [],
        },
      ],
      issueLink: async () => ({
        linkId: id(4),
        url: 'https://dieuhanh.example.gov.vn/#l=aQ3w8c5m2VtPz0rLk9sXeYb4hUjNfGdT',
      }),
      setDisabled: nothing,
      briefingAct: nothing,
    },
    channel: {
      heardAt: () => Date.now() - (state.endsWith('silent') ? 180_000 : 0),
      state: channel,
      on: () => () => undefined,
      act: (async (
        name: string,
        ask: { states?: string[]; line?: string; after?: string; root?: string; limit: number },
      ) => {
        const answered = rollCall.answer(name, ask);
        if (answered !== undefined) return answered;
        if (name === 'presence.here') {
          const root = units.find(({ code }) => code === ask.root)?.path ?? 'vn';
          const inside = rows.filter(({ path }) => within(path, root));
          return { expected: inside.length, here: inside.filter((r) => r.state === 'here').map((r) => r.unit) };
        }
        if (name !== 'presence.list') return nothing();
        const below = units.find(({ code }) => code === ask.root)?.path ?? 'vn';
        const found = rows.filter(
          (r) => within(r.path, below) && (ask.states?.includes(r.state) ?? true) && (!ask.line || r.line === ask.line),
        );
        const from = ask.after ? found.findIndex(({ path }) => path === ask.after) + 1 : 0;
        const page = found.slice(from, from + ask.limit);
        return {
          rows: page,
          total: found.length,
          next: from + ask.limit < found.length ? (page.at(-1)?.path ?? null) : null,
        };
      }) as unknown as BriefingTools['channel']['act'],
    },
    media: {
      state: media,
      send: () => undefined,
      share: () => undefined,
      paint: () => undefined,
      mute: async () => undefined,
      unmuteUnlessByHand: async () => undefined,
      holdAt: () => undefined,
      askForStage: () => undefined,
      startSound: async () => undefined,
    },
    devices,
    checkAgain: () => undefined,
  };
}

export function devicesOf(state: string): BriefingTools['devices'] {
  const failed = state === 'denied' || state === 'missing';
  const why = state === 'denied' ? 'denied' : 'missing';
  const isSilent = state === 'silent';
  const store = new Store<DevicesState>({
    phase: failed ? 'failed' : 'open',
    asks: false,
    stream: failed ? undefined : isSilent ? new MediaStream(cameraOf(4).getVideoTracks()) : cameraOf(4),
    trouble: failed ? why : isSilent ? 'denied' : undefined,
    equipment: failed
      ? { camera: why, microphone: why }
      : { camera: 'ready', microphone: isSilent ? 'denied' : 'ready' },
    cameras: [],
    microphones: [],
    mirror: false,
    blur: false,
    camera: undefined,
    microphone: undefined,
    capture: 'standard',
    workedAt: state === 'remembered' ? ago(86_400) : undefined,
  });
  return {
    state: store,
    open: async () => store.get().stream,
    retry: async () => store.get().stream,
    close: () => undefined,
    choose: async () => undefined,
    turnMirror: () => store.set({ mirror: !store.get().mirror }),
    blurBackground: async () => undefined,
    worked: () => undefined,
  };
}

const nameOf = (page: Scene['page'], own: Unit): string =>
  page === 'principal' || page === 'office'
    ? 'Thủ tướng Chính phủ'
    : page === 'operator'
      ? 'Quản trị hệ thống'
      : page === 'moderator'
        ? 'Văn phòng Chính phủ'
        : page === 'steward'
          ? 'Cục Quản lý Khám, chữa bệnh'
          : `UBND ${own.name}`;
