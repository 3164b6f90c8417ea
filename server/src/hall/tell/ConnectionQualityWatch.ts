import type { Participant } from '../room/Participant.ts';
import type { Room } from '../room/Room.ts';
import { type ConnectionScore, lostScore, scoreOf } from './connectionScore.ts';
import type { ParticipantOutlet, QualityReport } from './outlet.ts';

const EVERY_MS = 5_000;
/** The excellent line of one who only watches is measured in one round of this many: the SFU speaks up when it loses packets. */
const CALM_ROUNDS = 3;
/** Of a large audience this many are measured in one round; those who publish always. */
const AUDIENCE_PER_ROUND = 200;
const AT_ONCE = 20;

/** Measures the lines of a room in rounds, and tells each participant what changed of his own and those of whom he receives. */
export class ConnectionQualityWatch {
  readonly #room: Room;
  readonly #scores = new WeakMap<Participant, ConnectionScore>();
  /** What each socket was told last: a report that repeats it would be news to nobody. */
  readonly #told = new WeakMap<ParticipantOutlet, string>();
  #timer: NodeJS.Timeout | undefined;
  #next = 0;
  #rounds = 0;
  #closed = false;

  constructor(room: Room) {
    this.#room = room;
    this.#arm();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #arm(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#round().finally(() => this.#arm()), EVERY_MS);
    this.#timer.unref();
  }

  async #round(): Promise<void> {
    const measured = this.#pick();
    for (let i = 0; i < measured.length && !this.#closed; i += AT_ONCE) {
      await Promise.all(measured.slice(i, i + AT_ONCE).map((p) => this.#measure(p)));
    }
    for (const viewer of measured) this.#tell(viewer);
  }

  /** Those who publish and those in trouble; of the others as many as their turn and the size of the audience allow. */
  #pick(): Participant[] {
    const round = this.#rounds++;
    const publishers: Participant[] = [];
    const audience: Participant[] = [];
    let i = 0;
    for (const p of this.#room.participants) {
      if (!p.wasActive) continue;
      const clean = p.quality === 'excellent' && p.peer.line.state === 'good';
      const calm = clean && !p.connection.lost && this.#scores.has(p);
      if (p.publications.size > 0) publishers.push(p);
      else if (!calm || i++ % CALM_ROUNDS === round % CALM_ROUNDS) audience.push(p);
    }
    if (audience.length <= AUDIENCE_PER_ROUND) return [...publishers, ...audience];
    const start = this.#next % audience.length;
    this.#next = start + AUDIENCE_PER_ROUND;
    return [...publishers, ...audience.slice(start, start + AUDIENCE_PER_ROUND)];
  }

  async #measure(p: Participant): Promise<void> {
    if (p.left) return;
    const figures = p.connection.lost ? undefined : await p.peer.quality().catch(() => unmeasured);
    const score = figures ? scoreOf(figures, p.peer.line.state) : lostScore;
    if (p.left) return;
    this.#scores.set(p, score);
    if (p.quality === score.quality) return;
    p.quality = score.quality;
    this.#room.rooms.emit('quality', p, score.quality);
  }

  /** A client that hears for ten seconds that it is lost connects anew: it is told so only of others. */
  #tell(viewer: Participant): void {
    const { outlet } = viewer;
    if (!outlet) return;
    const reports: QualityReport[] = [];
    const add = (p: Participant): void => {
      const score = this.#scores.get(p);
      if (score && !(p === viewer && score.quality === 'lost')) reports.push({ participantSid: p.sid, ...score });
    };
    add(viewer);
    for (const p of this.#room.publicParticipants) if (p !== viewer && viewer.viewing.receivesFrom(p)) add(p);
    const telling = reports.map((r) => `${r.participantSid} ${r.quality}`).join();
    if (reports.length === 0 || this.#told.get(outlet) === telling) return;
    this.#told.set(outlet, telling);
    outlet.qualities(reports);
  }
}

const unmeasured = { lossUp: undefined, lossDown: undefined, rttMs: undefined, availableDown: undefined };
