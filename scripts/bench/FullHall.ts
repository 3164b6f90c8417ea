import { setImmediate as turn } from 'node:timers/promises';
import { loadSfuConfig } from '@dieu-hanh/sfu-config';
import { ParticipantInfo_Kind, ParticipantPermission, TrackInfo, TrackSource, TrackType } from '@livekit/protocol';
import { countryRows, ROOT } from '../../server/src/demo/country.ts';
import type { StageOrder } from '../../server/src/domain/shared/stage.ts';
import { oneStage } from '../../server/src/domain/shared/stages.ts';
import type { Participant } from '../../server/src/hall/room/Participant.ts';
import { Rooms } from '../../server/src/hall/room/Rooms.ts';
import type { ProducedTrack } from '../../server/src/media/sfu/types.ts';
import { createLogger } from '../../server/src/observability/logger.ts';
import { participantAttributes } from '../../server/src/protocol/briefing.ts';
import { StandInSfu, StandInTrack } from '../../server/test/support/StandInSfu.ts';
import { StandInClient } from './StandInClient.ts';

const ROOM = 'briefing';
const PRINCIPAL = 'principal';
const client = { sdk: 'stand-in', version: '', protocol: 17, clientProtocol: 2, capabilities: [] };
let sids = 0;

/**
 * A briefing of the country in one node: a principal who speaks, a moderator for each province (or, where there are to be
 * more, each district), and communes that watch.
 */
export class FullHall {
  readonly #rooms: Rooms;
  readonly #provinces: readonly string[];
  readonly #clients = new Map<string, StandInClient>();
  #turn = 0;

  static async open(viewers: number, stages: number): Promise<FullHall> {
    const rows = await countryRows();
    const parents = new Map(rows.map(({ code, parent }) => [code, parent]));
    const provinces = rows.filter(({ parent }) => parent === ROOT);
    const districts = rows.filter(({ parent }) => provinces.some(({ code }) => code === parent));
    const communes = rows.filter(({ tier }) => tier === 'commune');
    const paths =
      stages > provinces.length
        ? districts.map(({ code, parent }) => `${ROOT}.${parent}.${code}`)
        : provinces.map(({ code }) => `${ROOT}.${code}`);
    const hall = new FullHall(paths.slice(0, stages));
    await hall.#join(PRINCIPAL, ROOT, 'principal');
    await hall.#order({ identity: PRINCIPAL, place: 'stage', muted: false });
    hall.#publish(PRINCIPAL);
    for (const path of hall.#provinces) await hall.#join(path, path, 'moderator');
    for (let i = 0; i < viewers; i++) {
      const { code = '', parent } = communes[i % communes.length] ?? {};
      const path = `${ROOT}.${parents.get(parent ?? '')}.${parent}.${code}`;
      await hall.#join(`seat-${i}`, path, 'seat');
    }
    return hall;
  }

  private constructor(provinces: readonly string[]) {
    this.#provinces = provinces;
    const log = createLogger('fatal');
    this.#rooms = new Rooms({ sfu: new StandInSfu(), log, autoCreate: false, config: loadSfuConfig(undefined) });
    this.#rooms.createStage(ROOM, oneStage(ROOT), []);
  }

  get #next(): string {
    return this.#provinces[this.#turn % this.#provinces.length] ?? '';
  }

  get size(): number {
    return this.#clients.size;
  }

  /** So far, to all. */
  get told(): { readonly messages: number; readonly offers: number } {
    let [messages, offers] = [0, 0];
    for (const one of this.#clients.values()) {
      messages += one.messages;
      offers += one.offers;
    }
    return { messages, offers };
  }

  /** When the last of them agreed to an offer. */
  get agreedAt(): number {
    return [...this.#clients.values()].reduce((last, { agreedAt }) => Math.max(last, agreedAt), 0);
  }

  /** Somebody waits in the green room, ready at every viewer. */
  async warm(): Promise<void> {
    await this.#order({ identity: this.#next, place: 'green', muted: false });
    this.#publish(this.#next);
  }

  /** They come on stage. */
  async cut(): Promise<void> {
    await this.#order({ identity: this.#next, place: 'stage', muted: false });
  }

  async uncut(): Promise<void> {
    await this.#order({ identity: this.#next, place: 'audience', muted: false });
    this.#turn += 1;
  }

  /** With a goodbye, as a page that connects anew, and the same tracks. */
  async principalReturns(): Promise<void> {
    const before = this.#participant(PRINCIPAL);
    const sent = [...before.publications.values()].map(({ sid, media, info }) => ({ sid, media, info }));
    await this.#join(PRINCIPAL, ROOT, 'principal');
    for (const { sid, media, info } of sent) this.#participant(PRINCIPAL).publishing.add(info, sid, media);
  }

  /** TR10, and each moderator sends. */
  async breakOut(): Promise<void> {
    this.#arrange(this.#provinces);
    await Promise.all(this.#provinces.map((identity) => this.#stand(identity)));
  }

  /** The same by a press of each: as many arrangements, in as many turns of the loop, none of which waits for the others. */
  async openEach(): Promise<void> {
    const standing: Promise<void>[] = [];
    for (const [i, identity] of this.#provinces.entries()) {
      this.#arrange(this.#provinces.slice(0, i + 1));
      standing.push(this.#stand(identity));
      await turn();
    }
    await Promise.all(standing);
  }

  /** TR6: and back by a press of each. */
  async closeEach(): Promise<void> {
    const gone: Promise<void>[] = [];
    for (const [i, identity] of this.#provinces.entries()) {
      this.#arrange(this.#provinces.slice(i + 1));
      gone.push(this.#order({ identity, place: 'audience', muted: false }));
      await turn();
    }
    await Promise.all(gone);
  }

  async back(): Promise<void> {
    this.#rooms.get(ROOM)?.arrange(oneStage(ROOT));
    await Promise.all(this.#provinces.map((identity) => this.#order({ identity, place: 'audience', muted: false })));
  }

  close(): void {
    this.#rooms.close();
  }

  #arrange(open: readonly string[]): void {
    const own = new Map(open.map((path) => [path, path]));
    this.#rooms.get(ROOM)?.arrange({ ...oneStage(ROOT), mains: own, occupied: new Set(open), chosen: own });
  }

  async #stand(identity: string): Promise<void> {
    await this.#order({ identity, place: 'stage', muted: false, stage: identity });
    this.#publish(identity);
  }

  async #order(order: StageOrder): Promise<void> {
    await this.#rooms.get(ROOM)?.order(order);
  }

  #participant(identity: string): Participant {
    const found = this.#rooms.get(ROOM)?.get(identity);
    if (!found) throw new Error(`${identity} is not there`);
    return found;
  }

  async #join(identity: string, path: string, role: string): Promise<void> {
    const { path: pathName, unit, role: roleName } = participantAttributes;
    const attributes = { [pathName]: path, [unit]: path.split('.').at(-1) ?? '', [roleName]: role };
    const permission = new ParticipantPermission({ canPublish: true, canSubscribe: true });
    const participant = await this.#rooms.join({
      ...{ room: ROOM, identity, name: identity, metadata: '', attributes, permission },
      kind: ParticipantInfo_Kind.STANDARD,
      client: { ...client, adaptiveStream: false, autoSubscribe: true },
    });
    this.#clients.set(identity, new StandInClient(participant));
  }

  #publish(identity: string): void {
    for (const kind of ['audio', 'video'] as const) {
      const isVideo = kind === 'video';
      const sid = `TR_${sids++}`;
      const info = new TrackInfo({
        ...{ sid, type: isVideo ? TrackType.VIDEO : TrackType.AUDIO, width: 1280, height: 720 },
        source: isVideo ? TrackSource.CAMERA : TrackSource.MICROPHONE,
        mimeType: isVideo ? 'video/VP8' : 'audio/opus',
      });
      const media = new StandInTrack(sid, kind) as unknown as ProducedTrack;
      this.#participant(identity).publishing.add(info, sid, media);
    }
  }
}
