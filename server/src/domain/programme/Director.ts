import { EventEmitter } from 'node:events';
import type { OnStage, Scene } from '../../protocol/scene.ts';
import { sceneOf } from '../../protocol/scene.ts';
import type { FloorState } from '../floor/FloorState.ts';
import type { LiveFloors } from '../floor/LiveFloors.ts';
import type { Stage, StageEvents } from '../shared/stage.ts';
import { automaticShot, type Shot, type Voice } from './automatic.ts';
import { emptyProgramme } from './choose.ts';
import { framingOf } from './framing.ts';
import type { LiveProgrammes } from './LiveProgrammes.ts';

/** Of another node, which has said so at that time. */
type HeardVoice = Voice & { readonly from?: { readonly boot: string; readonly at: number } };

/** PN8: who speaks or has spoken at one node, and for how long they have done so or not. */
export interface Voices {
  readonly briefing: string;
  readonly voices: readonly (readonly [identity: string, speaking: boolean, forMs: number])[];
}

/** What another node has not repeated for so long, it does not say any more. */
const FORGET_MS = 6_000;

interface Desk {
  shot: Shot;
  readonly voices: Map<string, HeardVoice>;
  timer: NodeJS.Timeout | undefined;
  /** What the hall was told last. */
  framing: string;
}

/**
 * Follows stage, programme and voices of the briefings of this node: chooses whom the automatic choice shows (PN8), and
 * tells the hall how much of each picture is forwarded (PN11).
 */
export class Director extends EventEmitter<{
  /** Another is shown large; null: nobody is there. */
  speaker: [briefing: string, identity: string | null];
  /** CL44: other nodes have to hear of it. */
  voices: [Voices];
}> {
  readonly #floors: LiveFloors;
  readonly #live: LiveProgrammes;
  readonly #stage: Stage;
  readonly #now: () => number;
  readonly #desks = new Map<string, Desk>();
  readonly #onFloor = (_: FloorState, after: FloorState) => this.#look(after.briefing);
  readonly #onProgramme = ({ briefing }: { briefing: string }) => this.#look(briefing);
  readonly #onSpeaking = ({ room, identity, speaking }: StageEvents['speaking'][0]) => {
    const desk = this.#desks.get(room);
    if (!desk) return;
    desk.voices.set(identity, { speaking, since: this.#now() });
    this.#tell(room, desk);
    this.#look(room);
  };
  readonly #onLeft = ({ room, identity }: StageEvents['left'][0]) => {
    const desk = this.#desks.get(room);
    const voice = desk?.voices.get(identity);
    if (!desk || !voice || voice.from) return;
    desk.voices.delete(identity);
    this.#tell(room, desk);
  };

  /** @param now ms of a clock that is never set back */
  constructor(parts: { floors: LiveFloors; live: LiveProgrammes; stage: Stage; now: () => number }) {
    super();
    this.#floors = parts.floors;
    this.#live = parts.live;
    this.#stage = parts.stage;
    this.#now = parts.now;
    this.#floors.on('changed', this.#onFloor);
    this.#live.on('changed', this.#onProgramme);
    this.#stage.on('speaking', this.#onSpeaking);
    this.#stage.on('left', this.#onLeft);
  }

  /** Whom the automatic choice shows large. */
  speakerOf(briefing: string): string | null {
    return this.#desks.get(briefing)?.shot.identity ?? null;
  }

  /** CL44: what another node says of those who speak there, in the place of all that it said before. */
  hear({ briefing, voices }: Voices, boot: string): void {
    const desk = this.#desks.get(briefing);
    if (!desk) return;
    const at = this.#now();
    for (const [identity, { from }] of desk.voices) if (from?.boot === boot) desk.voices.delete(identity);
    for (const [identity, speaking, forMs] of voices)
      desk.voices.set(identity, { speaking, since: at - forMs, from: { boot, at } });
    this.#look(briefing);
  }

  /** Says again who speaks here, and forgets who is not spoken of any more. */
  sweep(): void {
    const at = this.#now();
    for (const [briefing, desk] of this.#desks) {
      if ([...desk.voices.values()].some(({ from }) => !from)) this.#tell(briefing, desk);
      for (const [identity, { from }] of desk.voices)
        if (from && at - from.at > FORGET_MS) desk.voices.delete(identity);
      this.#look(briefing);
    }
  }

  forget(briefing: string): void {
    clearTimeout(this.#desks.get(briefing)?.timer);
    this.#desks.delete(briefing);
  }

  close(): void {
    this.#floors.off('changed', this.#onFloor);
    this.#live.off('changed', this.#onProgramme);
    this.#stage.off('speaking', this.#onSpeaking);
    this.#stage.off('left', this.#onLeft);
    for (const briefing of [...this.#desks.keys()]) this.forget(briefing);
  }

  #tell(briefing: string, { voices }: Desk): void {
    const at = this.#now();
    const own = [...voices].filter(([, { from }]) => !from);
    this.emit('voices', {
      briefing,
      voices: own.map(([identity, { speaking, since }]) => [identity, speaking, at - since] as const),
    });
  }

  #look(briefing: string): void {
    const floor = this.#floors.get(briefing);
    if (!floor) {
      this.forget(briefing);
      return;
    }
    const desk = this.#deskOf(briefing);
    const people = peopleOn(floor);
    const before = desk.shot.identity;
    const { shot, lookAt } = automaticShot(desk.shot, people, desk.voices, this.#now());
    desk.shot = shot;
    clearTimeout(desk.timer);
    desk.timer = undefined;
    if (lookAt !== undefined) {
      desk.timer = setTimeout(() => this.#look(briefing), lookAt - this.#now() + 1);
      desk.timer.unref();
    }
    if (shot.identity !== before) this.emit('speaker', briefing, shot.identity);
    const programme = this.#live.get(briefing) ?? emptyProgramme(briefing);
    this.#frame(briefing, desk, sceneOf(programme, people, shot.identity), people);
  }

  #frame(briefing: string, desk: Desk, scene: Scene, people: readonly OnStage[]): void {
    const framing = framingOf(scene, people);
    const key = JSON.stringify([...framing]);
    if (key === desk.framing) return;
    desk.framing = key;
    this.#stage.frame(briefing, framing);
  }

  #deskOf(briefing: string): Desk {
    const known = this.#desks.get(briefing);
    if (known) return known;
    // Whoever comes first is shown at once.
    const shot = { identity: null, since: Number.NEGATIVE_INFINITY };
    const desk: Desk = { shot, voices: new Map(), timer: undefined, framing: '[]' };
    this.#desks.set(briefing, desk);
    return desk;
  }
}

/** Also who is held there while the line is down: they keep their place. */
const peopleOn = (floor: FloorState): OnStage[] =>
  floor.speakers.flatMap(({ place, seat, since }) =>
    place === 'green' ? [] : [{ identity: seat.identity, role: seat.role, since }],
  );
