import type { ChannelState } from '../src/api/channel/ChannelState.ts';
import type { Layout, Speaker } from '../src/api/contract.ts';
import { Store } from '../src/lib/Store.ts';
import type { MediaState, Person } from '../src/livekit/types.ts';
import type { BriefingTools } from '../src/session/BriefingContext.tsx';
import { trackOf } from './pictures.ts';
import { deckId, uprightDeckId } from './slideFixtures.ts';

const principal = { by: 'principal' } as const;
const guest = { by: 'guest' } as const;
const layouts: Readonly<Record<string, Layout>> = {
  solo: { kind: 'solo', who: guest },
  pair: { kind: 'pair', left: principal, right: guest },
  inset: { kind: 'inset', large: principal, small: guest },
  voice: { kind: 'pair', left: principal, right: guest },
  'voice-denied': { kind: 'pair', left: principal, right: guest },
  'gallery-4': { kind: 'gallery', most: 4 },
  'gallery-9': { kind: 'gallery', most: 9 },
  'gallery-16': { kind: 'gallery', most: 16 },
  content: { kind: 'content', face: principal },
  'content-upright': { kind: 'content', face: principal },
  card: { kind: 'card', text: 'Hội nghị tạm nghỉ. Tiếp tục lúc 10:15' },
};

const places = [
  ['UBND phường Tân Định', 'Quận 1', 'Thành phố Hồ Chí Minh', 'Trần Thị Thu Hương', 'Phó Chủ tịch'],
  ['UBND xã Thạnh Mỹ Tây', 'Huyện Châu Phú', 'Tỉnh An Giang', '', ''],
  ['UBND thị trấn Cát Tiên', 'Huyện Cát Tiên', 'Tỉnh Lâm Đồng', 'Nguyễn Văn An', 'Chủ tịch'],
  ['UBND xã Nguyễn Phích', 'Huyện U Minh', 'Tỉnh Cà Mau', '', ''],
  ['UBND phường Bửu Long', 'Thành phố Biên Hòa', 'Tỉnh Đồng Nai', 'Lê Quốc Dũng', 'Chủ tịch'],
] as const;

/** The stage alone: `state` names the layout, with so many on it. `strip`: three, of whom a guest speaks. @param voice `none`: nobody speaks, nobody is muted; `beside`: a small picture does */
export function onStage(tools: BriefingTools, state: string, voice = 'one'): BriefingTools {
  const channel = tools.channel.state.get();
  const [pm] = channel.floor.speakers as [Speaker];
  const count = { strip: 3, three: 3, 'gallery-4': 4, 'gallery-9': 9, 'gallery-16': 16, solo: 2 }[state] ?? 2;
  const seats = Array.from({ length: count - 1 }, (_, i): Speaker => {
    const [name, district, province, person, title] = places[i % places.length] as (typeof places)[number];
    const seat = { ...pm.seat, identity: `guest-${i}`, role: 'seat' as const, name };
    const camera = { voice: 'missing', 'voice-denied': 'denied' }[state];
    const equipment = camera && { camera, microphone: 'ready' };
    const named = { ...seat, person: person ? { name: person, title } : null, ...(equipment && { equipment }) };
    const since = new Date(Date.parse(pm.since) + 1000 * (i + 1)).toISOString();
    return { ...pm, seat: named as Speaker['seat'], since, above: [district, province] };
  });
  const speakers = [pm, ...seats];
  const layout = layouts[state] ?? (state === 'three' ? { kind: 'gallery', most: 4 } : { kind: 'auto' });
  const people = new Map<string, Person>(
    speakers.map(({ seat }, i) => [
      seat.identity,
      {
        identity: seat.identity,
        camera: state.startsWith('voice') && i > 0 ? undefined : trackOf(i + 1),
        microphone: undefined,
        screen: undefined,
        paused: false,
        cameraMuted: false,
        microphoneMuted: voice === 'one' && i === 2,
        speaking: (voice === 'one' && i === 1) || (voice === 'beside' && i === 2),
      },
    ]),
  );
  const deck = { content: deckId, 'content-upright': uprightDeckId }[state];
  const programme: ChannelState['programme'] = {
    ...channel.programme,
    layout,
    content: deck ? { kind: 'slides', deck } : channel.programme.content,
  };
  const slides =
    deck !== undefined
      ? { briefing: channel.briefing.id, seq: 1, shown: { deck, title: 'Tình hình mưa lũ', size: 12, page: 3 } }
      : undefined;
  return {
    ...tools,
    channel: {
      ...tools.channel,
      state: new Store({ ...channel, floor: { ...channel.floor, speakers }, programme, speaker: 'guest-0', slides }),
    },
    media: { ...tools.media, state: new Store<MediaState>({ ...tools.media.state.get(), people }) },
  };
}

/** As a screen of a hall has them. */
export const asScreen = (tools: BriefingTools): BriefingTools => ({
  ...tools,
  session: { ...tools.session, account: { ...tools.session.account, role: 'screen' } },
});
