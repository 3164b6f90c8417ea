import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ParticipantInfo, TrackSource, TrackType, VideoQuality } from '@livekit/protocol';
import nodeDataChannel, { type PeerConnection, type Track } from 'node-datachannel';
import { type IvfFile, readIvf } from './ivf.ts';
import { PictureChoice } from './PictureChoice.ts';
import { readRtcp } from './rtcp.ts';
import { isRtcp } from './rtp.ts';
import { StreamSender } from './StreamSender.ts';
import { type Account, SignalConnection } from './signal.ts';
import { ViewerConnection } from './ViewerConnection.ts';

const rids = ['q', 'h', 'f'] as const;
const layers = [
  { quality: VideoQuality.LOW, bitrate: 120_000 },
  { quality: VideoQuality.MEDIUM, bitrate: 350_000 },
  { quality: VideoQuality.HIGH, bitrate: 1_000_000 },
];
/** Ids of the header extensions in our offer. */
const ids = { audioLevel: 1, transportCc: 3, mid: 4, rid: 10, repairedRid: 11 };
const opus = { mid: 'audio', payloadType: 111, ssrc: 5000 };
const vp8 = { mid: 'video', payloadType: 96, firstSsrc: 6000 };
const CNAME = 'publisher';
const TICK_MS = 10;
/** Between two looks at what it receives. */
const LOOK_MS = 50;

/** What is sent. */
export interface Recording {
  /** Its layers, at most three, lowest first; without: those that are kept here. */
  readonly pictures?: readonly IvfFile[] | undefined;
  /** Opus; without: the tone that is kept here. */
  readonly sound?: IvfFile | undefined;
  /** Which layer of the pictures of others it asks for; without: it asks for nothing, and gets the highest. */
  readonly quality?: VideoQuality | undefined;
  /** Each round begins with a whole picture. */
  readonly isLoopWhole?: boolean | undefined;
  /** Of its frames a second so many are sent, 0..1, so that a small machine can hold many viewers; without: all. */
  readonly pace?: number | undefined;
}

/**
 * Publishes recorded media: Opus in 60 ms frames, and VP8 in three layers by rid as livekit-client does. Answers NACK,
 * requests for key frames, and the server's wish which layers to send. Costs next to nothing, unlike an encoder.
 */
export class PublisherBot {
  readonly senders: readonly StreamSender[];
  /** When its first packets went out, ms since 1970. */
  sendingSince = 0;
  readonly #signal: SignalConnection;
  readonly #pc: PeerConnection;
  readonly #tracks: readonly Track[];
  readonly #pictures: readonly IvfFile[];
  readonly #seen: PictureChoice;
  readonly #subscriber: ViewerConnection;
  readonly #mayPublish = Promise.withResolvers<void>();
  readonly #announced = Promise.withResolvers<void>();
  #left = 2;
  #videoSid: string | undefined;
  #sid = '';
  #allowedAt: number | undefined;
  #isOver = false;
  #ticker: NodeJS.Timeout | undefined;
  #reportedAt = 0;
  #lookedAt = 0;
  #heardAt = performance.now();
  #failure: string | undefined;

  private constructor(
    signal: SignalConnection,
    pc: PeerConnection,
    tracks: Track[],
    senders: StreamSender[],
    pictures: readonly IvfFile[],
    quality: VideoQuality | undefined,
  ) {
    this.#seen = new PictureChoice(quality);
    this.#pictures = pictures;
    this.#signal = signal;
    signal.on('closed', (reason) => {
      this.#failure ??= `signal connection closed: ${reason}`;
    });
    this.#pc = pc;
    this.#tracks = tracks;
    this.senders = senders;
    this.#subscriber = new ViewerConnection('publisher-subscriber', undefined);
    signal.listen((message) => this.#heard(message));
  }

  /** Resolves when media flows. */
  static async create(account: Account, identity: string, recording?: Recording): Promise<PublisherBot> {
    const bot = await PublisherBot.enter(account, identity, recording);
    await bot.#publish();
    return bot;
  }

  /** Watches, and sends nothing until it is told to. */
  static async enter(
    account: Account,
    identity: string,
    { pictures, sound, pace = 1, quality, isLoopWhole }: Recording = {},
  ): Promise<PublisherBot> {
    const shown = pictures ?? (await Promise.all(rids.map(recorded)));
    const files = [sound ?? (await recorded('opus60')), ...shown];
    const media = files.map((file) => ({ ...file, fps: file.fps * pace, recordedEveryMs: 1_000 / file.fps }));
    const pc = new nodeDataChannel.PeerConnection('publisher', { iceServers: [], disableAutoNegotiation: true });
    pc.createDataChannel('_reliable');
    const [audio, video] = addTracks(pc, shown.length);
    let counter = 0;
    const senders = media.map((file, i) => {
      const track = i === 0 ? audio : video;
      const { mid, payloadType } = i === 0 ? opus : vp8;
      const rid = rids[i - 1];
      return new StreamSender(file, {
        ssrc: i === 0 ? opus.ssrc : vp8.firstSsrc + i,
        payloadType,
        clockRate: i === 0 ? 48_000 : 90_000,
        recordedEveryMs: file.recordedEveryMs,
        extensions: [[ids.mid, Buffer.from(mid)], rid ? [ids.rid, Buffer.from(rid)] : [ids.audioLevel, Buffer.of(20)]],
        isLoopWhole,
        transportCc: { id: ids.transportCc, next: () => counter++ },
        send: (packet) => track.isOpen() && track.sendMessageBinary(packet),
      });
    });
    const signal = await SignalConnection.open(account, identity, { canPublish: true, canSubscribe: true });
    return new PublisherBot(signal, pc, [audio, video], senders, shown, quality);
  }

  /** As a page does: publishes as soon as the server lets it. Resolves when media flows. */
  async publishWhenAllowed(): Promise<void> {
    await this.#mayPublish.promise;
    await this.#publish();
  }

  /** By which others know it. */
  get sid(): string {
    return this.#sid;
  }

  /** When it might publish for the first time, ms since 1970. */
  get allowedAt(): number | undefined {
    return this.#allowedAt;
  }

  /** It might publish, and may no longer. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Why they are not, or no longer, there. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** For how long the server has not reported on what is sent, ms. */
  silentMs(): number {
    return performance.now() - this.#heardAt;
  }

  /** Goes on with that part of its recording at once, again and again; times in seconds. */
  play(from: number, to: number): void {
    for (const sender of this.senders) sender.play(from, to);
  }

  async close(): Promise<void> {
    clearInterval(this.#ticker);
    // An offer that is under way is nobody's any more.
    this.#signal.listen(() => {});
    this.#signal.close();
    await this.#subscriber.close();
    this.#pc.close();
  }

  async #publish(): Promise<void> {
    const audio = { cid: 'bot-audio', name: 'microphone', type: TrackType.AUDIO, source: TrackSource.MICROPHONE };
    const video = { cid: 'bot-video', name: 'camera', type: TrackType.VIDEO, source: TrackSource.CAMERA };
    this.#signal.send({ case: 'addTrack', value: { ...audio, disableRed: true } });
    const sent = this.#pictures.flatMap(({ width, height }, i) => (layers[i] ? { ...layers[i], width, height } : []));
    const simulcastCodecs = [{ codec: 'vp8', cid: video.cid, layers: sent }];
    const { width = 0, height = 0 } = sent.at(-1) ?? {};
    this.#signal.send({ case: 'addTrack', value: { ...video, width, height, layers: sent, simulcastCodecs } });
    await this.#announced.promise;
    this.#pc.setLocalDescription('offer');
    const sdp = offerOf(await gathered(this.#pc), this.#pictures.length);
    for (const track of this.#tracks) track.onMessage((data) => this.#received(data));
    const connected = new Promise<void>((resolve, reject) => {
      this.#pc.onStateChange((state) => {
        if (state === 'connected') resolve();
        if (state === 'failed' || state === 'closed') reject(new Error(`publisher connection ${state}`));
      });
    });
    this.#signal.send({ case: 'offer', value: { type: 'offer', sdp, id: 1 } });
    await connected;
    this.sendingSince = performance.timeOrigin + performance.now();
    this.#heardAt = performance.now();
    this.#ticker = setInterval(() => this.#tick(), TICK_MS);
    while (!this.#tracks.every((track) => track.isOpen())) await wait(TICK_MS);
  }

  #heard(message: Parameters<Parameters<SignalConnection['listen']>[0]>[0]): void {
    switch (message.case) {
      case 'join':
        this.#sid = message.value.participant?.sid ?? '';
        this.#permitted(message.value.participant);
        this.#seen.heard(this.#signal, message.value.otherParticipants);
        return;
      case 'update':
        for (const one of message.value.participants) if (one.sid === this.#sid) this.#permitted(one);
        this.#seen.heard(
          this.#signal,
          message.value.participants.filter(({ sid }) => sid !== this.#sid),
        );
        return;
      case 'trackPublished':
        if (message.value.cid === 'bot-video') this.#videoSid = message.value.track?.sid;
        if (--this.#left === 0) this.#announced.resolve();
        return;
      case 'leave':
        this.#failure ??= `told to leave, reason ${message.value.reason}`;
        return;
      case 'answer':
        this.#pc.setRemoteDescription(message.value.sdp, 'answer');
        return;
      case 'subscribedQualityUpdate': {
        if (message.value.trackSid !== this.#videoSid) return;
        const { qualities } = message.value.subscribedCodecs[0] ?? { qualities: message.value.subscribedQualities };
        for (const { quality, enabled } of qualities) this.senders[quality + 1]?.setEnabled(enabled);
        return;
      }
      case 'offer': {
        const { sdp, id } = message.value;
        void this.#subscriber.answer(sdp).then((answer) => {
          this.#signal.send({ case: 'answer', value: { type: 'answer', sdp: answer, id } });
        });
      }
    }
  }

  #permitted(me: ParticipantInfo | undefined): void {
    const may = me?.permission?.canPublish ?? false;
    if (may) this.#allowedAt ??= performance.timeOrigin + performance.now();
    if (may) this.#mayPublish.resolve();
    this.#isOver = !may && this.#allowedAt !== undefined;
  }

  #tick(): void {
    const now = performance.now();
    for (const sender of this.senders) sender.tick(now);
    if (now - this.#lookedAt >= LOOK_MS) {
      this.#lookedAt = now;
      this.#subscriber.tick(now);
    }
    if (now - this.#reportedAt < 1000) return;
    this.#reportedAt = now;
    for (const sender of this.senders) {
      const report = sender.enabled && sender.report(now, Date.now(), CNAME);
      if (report && this.#tracks[0]?.isOpen()) this.#tracks[0].sendMessageBinary(report);
    }
  }

  #received(data: Buffer): void {
    if (!isRtcp(data)) return;
    this.#heardAt = performance.now();
    const { keyFrameRequests, nacks } = readRtcp(data);
    for (const sender of this.senders) {
      if (keyFrameRequests.includes(sender.ssrc)) sender.requestKeyFrame();
      for (const request of nacks) if (request.ssrc === sender.ssrc) sender.repeat(request.sequences);
    }
  }
}

const recorded = async (name: string): Promise<IvfFile> =>
  readIvf(await readFile(join(import.meta.dirname, 'media', `${name}.ivf`)));

function addTracks(pc: PeerConnection, pictures: number): [audio: Track, video: Track] {
  const audio = new nodeDataChannel.Audio(opus.mid, 'SendOnly');
  audio.addOpusCodec(opus.payloadType);
  audio.addSSRC(opus.ssrc, CNAME, 'stream', 'bot-audio');
  const video = new nodeDataChannel.Video(vp8.mid, 'SendOnly');
  video.addVP8Codec(vp8.payloadType);
  // The library hands RTCP to the track that knows its ssrc.
  for (let i = 0; i < pictures; i++) video.addSSRC(vp8.firstSsrc + 1 + i, CNAME, 'stream', 'bot-video');
  return [pc.addTrack(audio), pc.addTrack(video)];
}

function gathered(pc: PeerConnection): Promise<string> {
  return new Promise((resolve) => {
    const take = (): void => {
      const local = pc.localDescription();
      if (local && pc.gatheringState() === 'complete') resolve(local.sdp);
    };
    pc.onGatheringStateChange(take);
    take();
  });
}

/** The library's offer with what it can't say itself: rids instead of ssrcs, header extensions, and the tracks' names. */
function offerOf(sdp: string, pictures: number): string {
  const sent = rids.slice(0, pictures);
  const sections = sdp.split(/\r?\n(?=m=)/).map((section) => {
    const lines = section.split(/\r?\n/).filter((line) => line !== '');
    if (!/^m=(audio|video)/.test(section)) return lines;
    const video = section.startsWith('m=video');
    const { mid, payloadType } = video ? vp8 : opus;
    return [
      ...lines.filter((line) => !/^a=(ssrc|msid|rtcp-fb|extmap)/.test(line)),
      `a=msid:- ${video ? 'bot-video' : 'bot-audio'}`,
      `a=extmap:${ids.transportCc} http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01`,
      `a=extmap:${ids.mid} urn:ietf:params:rtp-hdrext:sdes:mid`,
      `a=rtcp-fb:${payloadType} transport-cc`,
      ...(video
        ? [
            `a=extmap:${ids.rid} urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id`,
            `a=extmap:${ids.repairedRid} urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id`,
            ...['nack', 'nack pli', 'ccm fir'].map((feedback) => `a=rtcp-fb:${payloadType} ${feedback}`),
            ...sent.map((rid) => `a=rid:${rid} send`),
            `a=simulcast:send ${sent.join(';')}`,
          ]
        : [
            `a=extmap:${ids.audioLevel} urn:ietf:params:rtp-hdrext:ssrc-audio-level`,
            `a=ssrc:${opus.ssrc} cname:${CNAME}`,
          ]),
      ...(section.includes(`a=mid:${mid}`) ? [] : [`a=mid:${mid}`]),
    ];
  });
  return `${sections.flat().join('\r\n')}\r\n`;
}
