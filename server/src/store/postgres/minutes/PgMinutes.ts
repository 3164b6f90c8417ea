import type { CardShown } from '../../../domain/floor/airTime.ts';
import type { ItemAct } from '../../../domain/minutes/itemTimes.ts';
import type {
  ClockStepFact,
  MinutesStore,
  SealedSheet,
  SeenFact,
  StagedActFact,
  StagedActs,
} from '../../../domain/minutes/ports.ts';
import type { StageAct } from '../../../domain/minutes/speeches.ts';
import type { RecordHead } from '../../../protocol/minutes.ts';
import type { Postgres } from '../base/Postgres.ts';
import { readCards } from '../programme/readCards.ts';
import { chainOfBriefing } from '../record/sealed.ts';

const OF_STAGES = `$[*] ? (${['speaker', 'speaker-off', 'entered', 'gather', 'stage', 'stage-off'].map((kind) => `@.kind == "${kind}"`).join(' || ')})`;

interface StagedRow extends Pick<StagedActFact, 'second' | 'act' | 'mark'> {
  readonly at: Date;
  readonly content: string | null;
  /** How many there are of its kind. */
  readonly of: number;
}

/** MN3: what minutes read of the record that no other slice reads. */
export class PgMinutes implements MinutesStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async head(briefing: string): Promise<RecordHead | undefined> {
    const [row] = await this.#postgres.query<{ nr: string; at: Date; hash: string }>(
      `SELECT s.nr, s.at, encode(s.hash, 'hex') AS hash FROM chains c JOIN seals s ON s.chain = c.id AND s.nr = c.nr
       WHERE c.id = $1`,
      [chainOfBriefing(briefing)],
    );
    return row && { chain: chainOfBriefing(briefing), nr: Number(row.nr), at: row.at.toISOString(), hash: row.hash };
  }

  /** Of ten thousand raised hands nothing is read. */
  async stageActs(briefing: string): Promise<readonly StageAct[]> {
    const rows = await this.#postgres.query<{ at: Date; changes: StageAct['changes'] }>(
      `SELECT at, jsonb_path_query_array(changes, $2) AS changes
       FROM floor_acts WHERE briefing = $1 AND changes @? $2 ORDER BY seq`,
      [briefing, OF_STAGES],
    );
    return rows.map(({ at, changes }) => ({ at: at.toISOString(), changes }));
  }

  cards(briefing: string): Promise<readonly CardShown[]> {
    return readCards(this.#postgres, briefing);
  }

  async itemActs(briefing: string): Promise<readonly ItemAct[]> {
    const rows = await this.#postgres.query<{ at: Date; item: ItemAct['item'] }>(
      'SELECT at, item FROM agenda_acts WHERE briefing = $1 ORDER BY seq',
      [briefing],
    );
    return rows.map(({ at, item }) => ({ at: at.toISOString(), item }));
  }

  async seen(briefing: string): Promise<ReadonlyMap<string, SeenFact>> {
    const rows = await this.#postgres.query<SeenFact & { subject: string }>(
      `SELECT a.subject, a.content AS sha256, convert_from(b.bytes, 'UTF8')::jsonb -> 'picture' AS picture
       FROM figure_seen_acts a JOIN figure_stage_bytes b ON b.sha256 = a.content WHERE a.briefing = $1`,
      [briefing],
    );
    return new Map(rows.map(({ subject, ...fact }) => [subject, fact]));
  }

  async staged(briefing: string, most: number): Promise<StagedActs> {
    const rows = await this.#postgres.query<StagedRow>(
      `SELECT a.at, s.second, a.act, a.what -> 'mark' AS mark, a.content, a.of::int FROM (
         SELECT *, count(*) OVER (PARTITION BY act = 'mark') AS of, row_number() OVER (PARTITION BY act = 'mark' ORDER BY version) AS nr
         FROM figure_stage_acts WHERE briefing = $1) a
       LEFT JOIN figure_stage_seconds s ON (s.briefing, s.version) = (a.briefing, a.version)
       WHERE a.nr <= $2 ORDER BY a.version`,
      [briefing, most],
    );
    const pictures = await this.#postgres.query<SeenFact & Record<string, unknown>>(
      `SELECT sha256, convert_from(bytes, 'UTF8')::jsonb -> 'picture' AS picture FROM figure_stage_bytes WHERE sha256 = ANY($1)`,
      [rows.flatMap(({ content }) => content ?? [])],
    );
    const seen = new Map(pictures.map((fact) => [fact.sha256, fact]));
    const all = new Map(rows.map(({ act, of }) => [act === 'mark', of]));
    return {
      acts: rows.map(({ at, second, act, mark, content }) => ({
        ...{ at: at.toISOString(), second, act, mark: mark ?? null },
        seen: (content !== null && seen.get(content)) || null,
      })),
      more: [...all.values()].reduce((sum, of) => sum + of, 0) - rows.length,
    };
  }

  async clockSteps(briefing: string): Promise<readonly ClockStepFact[]> {
    const rows = await this.#postgres.query<{ at: Date; ms: number }>(
      `SELECT expected AS at, ms::float8 FROM clock_steps WHERE briefings @> $1 OR briefings @> $2 ORDER BY nr`,
      ['open', 'live'].map((state) => JSON.stringify([{ briefing, state }])),
    );
    return rows.map(({ at, ms }) => ({ at: at.toISOString(), ms }));
  }

  async sheet(briefing: string): Promise<SealedSheet | undefined> {
    const [row] = await this.#postgres.query<SealedSheet & { percent: number }>(
      `SELECT percent, last_round AS "lastRound", live_seconds AS "liveSeconds" FROM attendance_sheets WHERE briefing = $1`,
      [briefing],
    );
    return row;
  }
}
