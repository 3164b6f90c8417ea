import { type LocalParticipant, type LocalTrack, Room, RoomEvent, Track } from 'livekit-client';
import { ApiError, isPassing } from '../api/ApiError.ts';
import type { JoinAnswer } from '../api/contract.ts';
import { isReady } from '../lib/isReady.ts';
import { fullJitter } from '../lib/jitter.ts';
import { Store } from '../lib/Store.ts';
import { Departures } from './Departures.ts';
import { Held } from './Held.ts';
import { comesTo, NodeWatch } from './NodeWatch.ts';
import { worthOf } from './nodeAnswers.ts';
import { PictureFlow, picturesOf } from './PictureFlow.ts';
import { PictureLag } from './PictureLag.ts';
import { canShare, lineOf, personOf } from './personOf.ts';
import { cameraOptions, microphoneOptions, roomOptions, screenOptions } from './publishing.ts';
import { reconnectPolicy } from './reconnectPolicy.ts';
import { changes, final } from './roomEvents.ts';
import type { Capture, MediaState, Person } from './types.ts';

/**
 * This device in a briefing's LiveKit room, for as long as the page is open: joins, lets the library reconnect, and
 * when the room ends all the same asks the server for a node again.
 */
export class MediaRoom {
  readonly state = new Store<MediaState>({
    phase: 'joining',
    ended: undefined,
    error: undefined,
    line: 'good',
    pictures: 'flow',
    people: new Map(),
    me: undefined,
    mayPublish: false,
    mayShare: false,
    sharing: 'off',
    sending: 'off',
    held: [],
    soundBlocked: false,
  });
  readonly #ask: (not: readonly string[]) => Promise<JoinAnswer>;
  readonly #left: () => void;
  #room: Room | undefined;
  #watch: NodeWatch | undefined;
  readonly #departures = new Departures();
  /** Of pictures that come in. */
  readonly lag = new PictureLag();
  readonly #flow = new PictureFlow({
    pictures: () => picturesOf(this.#room, this.state.get().line),
    changed: (pictures) => this.state.set({ pictures }),
  });
  #layers: Pick<JoinAnswer, 'camera' | 'screen'> = { camera: [], screen: [] };
  #screen: MediaStreamTrack | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #asking = false;
  #closed = false;
  #wanted: { stream: MediaStream; capture: Capture } | undefined;
  #painted: MediaStreamTrack | undefined;
  #mutedByHand = false;
  readonly #held = new Held();
  /** Publishing and withdrawing one after the other, in the order asked for. */
  #work: Promise<void> = Promise.resolve();

  /**
   * @param ask `POST /api/briefings/:id/join`; `not`: addresses that it named, and at which nobody was reached
   * @param left told when a node is left from which nothing comes
   */
  constructor(ask: (not: readonly string[]) => Promise<JoinAnswer>, left: () => void) {
    this.#ask = ask;
    this.#left = left;
    window.addEventListener('online', this.#hurry);
    void this.#join();
  }

  /** Sends these tracks whenever this device may publish; undefined: sends nothing. */
  send(stream: MediaStream | undefined, capture: Capture = 'standard'): void {
    if (this.#wanted?.stream === stream && this.#wanted?.capture === capture) return;
    this.#wanted = stream && { stream, capture };
    if (!stream) this.#mutedByHand = false;
    this.#settle();
  }

  /** Sends this picture in place of the camera's, which no viewer has to negotiate; undefined: the camera's again. */
  paint(picture: MediaStreamTrack | undefined): void {
    this.#painted = picture;
    this.#settle();
  }

  /** Shares a screen beside the camera as long as this device may; undefined: no more. It is stopped when it ends. */
  share(screen: MediaStreamTrack | undefined): void {
    if (this.#screen === screen) return;
    this.#screen?.stop();
    this.#screen = screen;
    if (screen) {
      screen.contentHint = 'text';
      // The browser's own bar ends it without asking the page.
      screen.addEventListener('ended', () => this.#screen === screen && this.share(undefined), { once: true });
    }
    this.state.set({ sharing: screen ? 'starting' : 'off' });
    this.#settle();
  }

  /** FL22. @param place on stage, at which camera and microphone wait for a press; undefined: they wait for none */
  holdAt(place: string | undefined): void {
    this.#tellHeld(this.#held.at(place));
  }

  /** FL22: what is pressed now brings this device on stage. */
  askForStage(): void {
    this.#held.ask();
  }

  #tellHeld(isOther: boolean): void {
    if (!isOther) return;
    this.state.set({ held: this.#held.kinds });
    this.#settle();
  }

  async mute(source: 'camera' | 'microphone', muted: boolean): Promise<void> {
    if (!muted) this.#tellHeld(this.#held.release(source));
    if (source === 'microphone') this.#mutedByHand = muted;
    const kind = source === 'camera' ? Track.Source.Camera : Track.Source.Microphone;
    const publication = this.#room?.localParticipant.getTrackPublication(kind);
    await (muted ? publication?.mute() : publication?.unmute());
  }

  /** A moderator lifted the mute: the sound goes on, unless the people here had turned it off themselves. */
  async unmuteUnlessByHand(): Promise<void> {
    if (!this.#mutedByHand && !this.#held.has('microphone')) await this.mute('microphone', false);
  }

  async startSound(): Promise<void> {
    await this.#room?.startAudio();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    window.removeEventListener('online', this.#hurry);
    this.#screen?.stop();
    this.#flow.close();
    void this.#leave();
  }

  async #join(): Promise<void> {
    let named: string | undefined;
    try {
      this.#asking = true;
      const { url, token, iceServers, camera, screen } = await this.#ask(this.#departures.silent).finally(() => {
        this.#asking = false;
      });
      named = url;
      if (this.#closed) return;
      const room = new Room({ ...roomOptions, reconnectPolicy });
      this.#room = room;
      this.#layers = { camera, screen };
      this.#listen(room);
      const rtcConfig = iceServers.length > 0 ? { iceServers: iceServers as RTCIceServer[] } : {};
      await room.connect(url, token, { rtcConfig, maxRetries: 0 });
      if (this.#closed || this.#room !== room) return void room.disconnect();
      this.#attempt = 0;
      this.#watch = new NodeWatch(url, {
        comes: () => comesTo(room, this.lag),
        worthOf,
        isReady: () => isReady(location.origin),
        gone: (waitMs) => this.#gone(room, url, waitMs),
        departures: this.#departures,
      });
      this.state.set({ phase: 'connected', error: undefined, me: room.localParticipant.identity });
      this.#look(room);
      this.#settle();
    } catch (error) {
      if (named !== undefined) this.#departures.missed(named);
      await this.#leave();
      if (!isPassing(error)) this.state.set({ phase: 'ended', ended: 'refused', error });
      else this.#again(error);
    }
  }

  #again(error: unknown): void {
    if (this.#closed) return;
    this.state.set({ phase: this.state.get().phase === 'joining' ? 'joining' : 'rejoining', error, sending: 'off' });
    clearTimeout(this.#timer);
    const leastMs = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    // PL16: whose turn it is comes then; the server has spread them.
    const moreMs = error instanceof ApiError && error.turn ? 0 : fullJitter(this.#attempt++);
    this.#timer = setTimeout(() => void this.#join(), leastMs + moreMs);
  }

  /**
   * The session can't be resumed. The library would now join the same node again, and show nothing for two seconds
   * after that; a new room is there at once, on the node that the server names now. The policy has waited already.
   */
  async #replace(room: Room, waitMs = 0): Promise<void> {
    if (this.#room !== room) return;
    // It was tried to go on with the session: nobody was reached there.
    if (this.state.get().phase === 'reconnecting' && this.#watch) this.#departures.missed(this.#watch.url);
    this.state.set({ phase: 'rejoining', sending: 'off' });
    await this.#leave();
    if (this.#closed || this.#room) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#join(), waitMs);
  }

  /** Asks at once, where it waits until it asks again. */
  hurry(): void {
    const { phase } = this.state.get();
    if (this.#closed || this.#asking || (phase !== 'rejoining' && phase !== 'joining') || this.#room) return;
    this.#attempt = 0;
    this.#again(undefined);
  }
  readonly #hurry = (): void => this.hurry();

  async #leave(): Promise<void> {
    const room = this.#room;
    this.#room = undefined;
    this.#watch?.close();
    room?.removeAllListeners();
    await room?.disconnect(false);
  }

  #gone(room: Room, url: string, waitMs: number): void {
    this.#departures.missed(url);
    this.#left();
    void this.#replace(room, waitMs);
  }

  #listen(room: Room): void {
    for (const event of changes) room.on(event, () => this.#look(room));
    room.on(RoomEvent.ParticipantPermissionsChanged, () => {
      this.#look(room);
      this.#settle();
    });
    room.on(RoomEvent.ConnectionQualityChanged, (quality, participant) => {
      if (participant === room.localParticipant) this.state.set({ line: lineOf(quality) });
    });
    room.on(RoomEvent.AudioPlaybackStatusChanged, () => this.state.set({ soundBlocked: !room.canPlaybackAudio }));
    room.on(RoomEvent.SignalReconnecting, () => {
      this.state.set({ phase: 'reconnecting' });
      this.#watch?.suspect();
    });
    room.on(RoomEvent.Reconnecting, () => void this.#replace(room));
    room.on(RoomEvent.Reconnected, () => {
      this.state.set({ phase: 'connected' });
      this.#look(room);
      this.#settle();
    });
    room.on(RoomEvent.Disconnected, (reason) => {
      if (this.#room !== room) return;
      this.#room = undefined;
      this.#watch?.close();
      const ended = reason === undefined ? undefined : final[reason];
      if (ended) this.state.set({ phase: 'ended', ended, people: new Map(), sending: 'off', mayPublish: false });
      else this.#again(undefined);
    });
  }

  #look(room: Room): void {
    if (this.#room !== room) return;
    const people = new Map<string, Person>();
    for (const participant of [room.localParticipant, ...room.remoteParticipants.values()]) {
      const person = personOf(participant);
      people.set(person.identity, person);
    }
    this.state.set({
      people,
      mayPublish: room.localParticipant.permissions?.canPublish ?? false,
      mayShare: canShare(room.localParticipant.permissions),
      soundBlocked: !room.canPlaybackAudio,
    });
  }

  #settle(): void {
    this.#work = this.#work.then(() => this.#sendOrWithdraw()).catch(() => this.state.set({ sending: 'failed' }));
  }

  /** Brings what is published to what is wanted and allowed; may run at any time, any number of times. */
  async #sendOrWithdraw(): Promise<void> {
    const me = this.#room?.localParticipant;
    if (!me) return;
    const wanted = me.permissions?.canPublish ? this.#wanted : undefined;
    const isHeld = ({ kind }: MediaStreamTrack) => this.#held.has(kind === 'video' ? 'camera' : 'microphone');
    const wantedTracks = new Set(wanted?.stream.getTracks().filter((track) => !isHeld(track)));
    await this.#shareOrEnd(me);
    const published = () =>
      [...me.trackPublications.values()].flatMap(({ track }) => (track ? [track as LocalTrack] : []));
    for (const track of published())
      if (track.source !== Track.Source.ScreenShare && !wantedTracks.has(track.mediaStreamTrack))
        await me.unpublishTrack(track.mediaStreamTrack, false);
    if (!wanted) return this.state.set({ sending: 'off' });

    const out = new Set(published().map((track) => track.mediaStreamTrack));
    const missing = [...wantedTracks].filter((track) => !out.has(track) && track.readyState === 'live');
    if (missing.length > 0) this.state.set({ sending: 'starting' });
    // Sound first: it is what counts on a weak line.
    missing.sort((a, b) => a.kind.localeCompare(b.kind));
    for (const track of missing)
      await me.publishTrack(
        track,
        track.kind === 'video' ? cameraOptions(wanted.capture, this.#layers.camera) : microphoneOptions,
      );
    const camera = me.getTrackPublication(Track.Source.Camera)?.track;
    const picture = this.#painted ?? camera?.mediaStreamTrack;
    if (picture && camera?.sender && camera.sender.track !== picture) await camera.sender.replaceTrack(picture);
    this.state.set({ sending: wantedTracks.size > 0 || this.#held.kinds.length > 0 ? 'on' : 'failed' });
  }

  /** Off the stage it ends, and is not taken up again by itself: nobody shares without knowing. */
  async #shareOrEnd(me: LocalParticipant): Promise<void> {
    const out = me.getTrackPublication(Track.Source.ScreenShare)?.track?.mediaStreamTrack;
    if (this.#screen && !canShare(me.permissions)) {
      this.#screen.stop();
      this.#screen = undefined;
      this.state.set({ sharing: 'off' });
    }
    const screen = this.#screen;
    if (out && out !== screen) await me.unpublishTrack(out, true);
    if (!screen || out === screen) return;
    try {
      await me.publishTrack(screen, screenOptions(this.#layers.screen));
      this.state.set({ sharing: 'on' });
    } catch {
      screen.stop();
      this.#screen = undefined;
      this.state.set({ sharing: 'failed' });
    }
  }
}
