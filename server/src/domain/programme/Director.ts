import { EventEmitter } from 'node:events';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { OnStage } from '../../protocol/scene.ts';
import { sceneOf } from '../../protocol/scene.ts';
import type { FloorState } from '../floor/FloorState.ts';
import type { LiveFloors } from '../floor/LiveFloors.ts';
import type { Framing, PictureCap, Stage, StageEvents } from '../shared/stage.ts';
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

/** Whom the automatic choice shows on one stage. */
interface StageShot {
  shot: Shot;
  timer: NodeJS.Timeout | undefined;
}

interface Desk {
  readonly shots: Map<UnitPath, StageShot>;
  readonly voices: Map<string, HeardVoice>;
  /** Since when whose line is lost, ms. */
  readonly lost: Map<string, number>;
  /** What the hall was told last. */
  framing: string;
}

/** Who is shown large; `stage`: on that of a unit, else on the briefing's own. */
export interface Shown {
  readonly identity: string | null;
  readonly stage?: UnitPath;
}

/**
 * Follows stages, programme and voices of the briefings of this node: chooses whom the automatic choice shows (PN8), and
 * tells the hall how much of each picture is forwarded (PN11), and that a card silences the stage (PN15). A producer chooses for the briefing's own stage; on those
 * of units the choice is automatic (TR2).
 */
export class Director extends EventEmitter<{
  /** Another is shown large; null: nobody is there. */
  speaker: [briefing: string, shown: Shown];
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

  /** Whom the automatic choice shows large, on the briefing's own stage or on that of a unit. */
  speakerOf(briefing: string, stage: UnitPath = OWN): string | null {
    return this.#desks.get(briefing)?.shots.get(stage)?.shot.identity ?? null;
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
    for (const { timer } of this.#desks.get(briefing)?.shots.values() ?? []) clearTimeout(timer);
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
    this.#noteLost(desk, floor);
    const framing = new Map<string, PictureCap>();
    for (const stage of new Set([OWN, ...desk.shots.keys(), ...floor.stages.map((s) => s.path)])) {
      const people = peopleOn(floor, stage);
      const large = this.#choose(briefing, desk, stage, people);
      const programme = (stage === OWN && this.#live.get(briefing)) || emptyProgramme(briefing);
      for (const [identity, cap] of framingOf(sceneOf(programme, people, large), people)) framing.set(identity, cap);
      if (stage !== OWN && !floor.stages.some((s) => s.path === stage)) desk.shots.delete(stage);
    }
    this.#stage.silence(briefing, this.#live.get(briefing)?.layout.kind === 'card');
    this.#frame(briefing, desk, framing);
  }

  #noteLost({ lost }: Desk, floor: FloorState): void {
    const held = new Set(floor.speakers.flatMap(({ place, seat }) => (place === 'holding' ? [seat.identity] : [])));
    for (const identity of lost.keys()) if (!held.has(identity)) lost.delete(identity);
    for (const identity of held) if (!lost.has(identity)) lost.set(identity, this.#now());
  }

  #choose(briefing: string, desk: Desk, stage: UnitPath, people: readonly OnStage[]): string | null {
    const at = shotOf(desk, stage);
    const before = at.shot.identity;
    const { shot, lookAt } = automaticShot(at.shot, people, desk.voices, this.#now(), desk.lost);
    at.shot = shot;
    clearTimeout(at.timer);
    at.timer = undefined;
    if (lookAt !== undefined) {
      at.timer = setTimeout(() => this.#look(briefing), lookAt - this.#now() + 1);
      at.timer.unref();
    }
    const { identity } = shot;
    if (identity !== before) this.emit('speaker', briefing, stage === OWN ? { identity } : { identity, stage });
    return identity;
  }

  #frame(briefing: string, desk: Desk, framing: Framing): void {
    const key = JSON.stringify([...framing]);
    if (key === desk.framing) return;
    desk.framing = key;
    this.#stage.frame(briefing, framing);
  }

  #deskOf(briefing: string): Desk {
    const known = this.#desks.get(briefing);
    if (known) return known;
    const desk: Desk = { shots: new Map(), voices: new Map(), lost: new Map(), framing: '[]' };
    this.#desks.set(briefing, desk);
    return desk;
  }
}

/** The briefing's own stage. */
const OWN = '';

function shotOf(desk: Desk, stage: UnitPath): StageShot {
  const known = desk.shots.get(stage);
  if (known) return known;
  // Whoever comes first is shown at once.
  const first: StageShot = { shot: { identity: null, since: Number.NEGATIVE_INFINITY }, timer: undefined };
  desk.shots.set(stage, first);
  return first;
}

/** Also who is held there while the line is down: they keep their place. */
const peopleOn = (floor: FloorState, on: UnitPath): OnStage[] =>
  floor.speakers.flatMap(({ place, seat, since, stage = OWN }) =>
    place === 'green' || stage !== on ? [] : [{ identity: seat.identity, role: seat.role, since }],
  );
