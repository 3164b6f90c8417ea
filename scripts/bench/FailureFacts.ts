import { setTimeout as wait } from 'node:timers/promises';
import { attendancePageSchema, attendanceTimelineSchema } from '../../server/src/protocol/attendance.ts';
import type { Entered } from '../../server/src/protocol/rollcall.ts';
import { Snapshot } from '../../server/src/store/postgres/base/Snapshot.ts';
import { verifyDatabase } from '../../server/src/store/postgres/record/verifyDatabase.ts';
import type { ChannelClient } from '../../server/test/support/ChannelClient.ts';
import { gapIn } from '../../server/test/support/gapIn.ts';
import { proveKept } from '../../server/test/support/keptAnswers.ts';

/** What is not as it should be by then is wrong, ms. */
const PATIENCE_MS = 45_000;

interface Expected {
  readonly briefing: string;
  readonly databaseUrl: string;
  /** At each node by its order channel. */
  readonly officials: readonly ChannelClient[];
  /** Whose units are all that is here of these provinces. */
  readonly viewers: readonly ChannelClient[];
  readonly provinces: readonly string[];
}

/** What is to be true of a briefing, whatever has died: floor, presence, attendance, answers, record. */
export class FailureFacts {
  /** Roles of those who are on stage. */
  readonly onStage = ['principal'];
  /** Answers that were, or are to be, acknowledged, by their round. */
  readonly rounds = new Map<string, readonly Promise<Entered>[]>();
  readonly #expected: Expected;

  constructor(expected: Expected) {
    this.#expected = expected;
  }

  /** What is not as if nothing had died; it has a while to become so. */
  async wrong(): Promise<string[]> {
    const facts: [string, () => Promise<string | undefined>][] = [
      ['floor', () => this.#floorIsWrong()],
      ['presence', () => this.#presenceIsWrong()],
      ['attendance', () => this.#attendanceIsWrong()],
      ['answers', () => this.#answersAreWrong()],
      ['record', () => this.#recordIsWrong()],
    ];
    const wrong: string[] = [];
    const end = performance.now() + PATIENCE_MS;
    for (const [name, look] of facts)
      for (;;) {
        const last = await look().catch((error: Error) => error.message);
        if (last === undefined) break;
        if (performance.now() > end) {
          wrong.push(`${name}: ${last}`);
          break;
        }
        await wait(500);
      }
    return wrong;
  }

  async #floorIsWrong(): Promise<string | undefined> {
    for (const official of this.#expected.officials) {
      const { floor } = await official.act('sync', {});
      const places = floor.speakers.map(({ seat, place }) => `${seat.role} ${place}`).join(', ');
      if (places !== this.onStage.map((role) => `${role} stage`).join(', ')) return places;
    }
    return undefined;
  }

  async #presenceIsWrong(): Promise<string | undefined> {
    const { officials, provinces, viewers } = this.#expected;
    for (const official of officials) {
      let here = 0;
      for (const root of provinces)
        here += (await official.act('presence.list', { root, states: ['here'], limit: 1 })).total;
      if (here !== viewers.length) return `${here} of ${viewers.length} units are here`;
    }
    return undefined;
  }

  async #attendanceIsWrong(): Promise<string | undefined> {
    const { briefing, officials, provinces, viewers } = this.#expected;
    const [{ program } = { program: undefined }] = officials;
    const path = `/api/briefings/${briefing}/attendance`;
    const lists = provinces.map(async (root) =>
      attendancePageSchema.parse((await program?.get(`${path}?root=${root}&limit=500`))?.body),
    );
    const rows = new Map((await Promise.all(lists)).flatMap(({ rows }) => rows.map((row) => [row.unit, row] as const)));
    for (const [i, { identity }] of viewers.entries()) {
      const unit = identity.split('.')[0] ?? '';
      // In turn: hundreds of them, looked at twice in a minute, are more than one session may ask for (HT7).
      const by = officials[i % officials.length]?.program;
      const row = rows.get(unit);
      if (!row || row.firstIn === null || row.measured === 'absent') return `${unit} is absent`;
      if (row.lastOut !== null) return `${unit} has left`;
      const { intervals } = attendanceTimelineSchema.parse((await by?.get(`${path}/${unit}`))?.body);
      const gap = gapIn(intervals);
      if (gap !== undefined) return `${unit} was away from ${gap}`;
    }
    return undefined;
  }

  async #answersAreWrong(): Promise<string | undefined> {
    for (const [round, answers] of this.rounds)
      await proveKept(this.#expected.databaseUrl, round, await Promise.all(answers));
    return undefined;
  }

  async #recordIsWrong(): Promise<string | undefined> {
    const snapshot = await Snapshot.create(this.#expected.databaseUrl);
    try {
      const { problems } = await verifyDatabase(snapshot);
      return problems.length === 0 ? undefined : problems.map(({ text }) => text).join(', ');
    } finally {
      await snapshot.close();
    }
  }
}
