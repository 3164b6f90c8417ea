import { setTimeout as wait } from 'node:timers/promises';
import type { SeenState, Snapshot } from '../load/protocol.ts';
import type { Country, Province } from './Country.ts';

/** Who has nothing by then never gets it. */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 250;

/** What one act has done at those whom it was for. */
export interface Cut {
  /** From the act to picture and sound, of each viewer. */
  readonly cutMs: readonly number[];
  /** From the act to the last offer of each viewer who had one, to their answer, and to the sound, which needs no key frame. */
  readonly offeredMs: readonly number[];
  readonly answeredMs: readonly number[];
  readonly heardMs: readonly number[];
  /** From the act to the first packet of each speaker who began to send. */
  readonly publishedMs: readonly number[];
  /** That came to viewers meanwhile. */
  readonly offers: number;
  /** Viewers who had nothing in the end, or fell out. */
  readonly unseen: number;
  /** How late timers of bots were at most: what is measured may be off by as much. */
  readonly lateMs: number;
}

type Whom = 'own' | 'principal';

/** Waits at the viewers of provinces for what an act brings them. */
export class StageCuts {
  readonly #country: Country;

  constructor(country: Country) {
    this.#country = country;
  }

  /** @param whom the viewers see and hear from then on: who speaks in their own province, or the principal */
  async to(whom: Whom, provinces: readonly Province[], act: () => Promise<unknown>): Promise<Cut> {
    const { audience, speakers } = this.#country;
    const before = await audience.snapshot();
    await speakers.snapshot();
    const ordered = performance.timeOrigin + performance.now();
    await act();
    let lateMs = 0;
    const look = async () => {
      const [seen, sent] = [await audience.snapshot(), await speakers.snapshot()];
      lateMs = Math.max(lateMs, seen.lateMs, sent.lateMs);
      const came = provinces.flatMap(({ speaker, viewers }) => {
        const sid = sent.speakers[whom === 'own' ? speaker : 0]?.sid;
        return viewers.map((nr) => cameAt(seen.viewers[nr], sid, whom, ordered));
      });
      return { seen, sent, moments: came.map(({ at }) => at), heard: came.map(({ heard }) => heard) };
    };
    let now = await look();
    while (now.moments.includes(undefined) && performance.timeOrigin + performance.now() < ordered + PATIENCE_MS) {
      await wait(LOOK_EVERY_MS);
      now = await look();
    }
    const since = provinces.map(({ speaker }) => now.sent.speakers[speaker]?.sendingSince ?? 0);
    const offersOf = ({ viewers }: Snapshot, nr: number) => viewers[nr]?.offers ?? 0;
    const watching = provinces.flatMap(({ viewers }) => viewers);
    const after = (moments: readonly (number | undefined)[]) =>
      moments.flatMap((at = 0) => (at > ordered ? at - ordered : []));
    return {
      offeredMs: after(watching.map((nr) => now.seen.viewers[nr]?.offeredAt)),
      answeredMs: after(watching.map((nr) => now.seen.viewers[nr]?.answeredAt)),
      heardMs: after(now.heard),
      cutMs: now.moments.map((at) => (at === undefined ? PATIENCE_MS : at - ordered)),
      publishedMs: after(since),
      offers: watching.reduce((sum, nr) => sum + offersOf(now.seen, nr) - offersOf(before, nr), 0),
      unseen: now.moments.filter((at) => at === undefined).length,
      lateMs,
    };
  }
}

/** When a viewer had what the cut brings them. */
function cameAt(
  viewer: { readonly seen: readonly SeenState[]; readonly failure: string | undefined } | undefined,
  sid: string | undefined,
  whom: Whom,
  ordered: number,
): { readonly at: number | undefined; readonly heard: number | undefined } {
  const from = viewer?.seen.find((one) => one.sid === sid);
  if (!from || viewer?.failure !== undefined) return { at: undefined, heard: undefined };
  const { soundSince = 0, pictureSince = 0 } = from;
  const parts = whom === 'own' ? [soundSince, pictureSince] : [soundSince];
  return { at: Math.min(...parts) > ordered ? Math.max(...parts) : undefined, heard: soundSince };
}
