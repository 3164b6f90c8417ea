import type { ItemAct } from '../../../domain/minutes/itemTimes.ts';
import type { MinutesStore, SealedSheet, SeenFact } from '../../../domain/minutes/ports.ts';
import type { StageAct } from '../../../domain/minutes/speeches.ts';
import type { RecordHead } from '../../../protocol/minutes.ts';
import type { Postgres } from '../base/Postgres.ts';
import { chainOfBriefing } from '../record/sealed.ts';

const OF_STAGES = `$[*] ? (${['speaker', 'speaker-off', 'stage', 'stage-off'].map((kind) => `@.kind == "${kind}"`).join(' || ')})`;

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

  async sheet(briefing: string): Promise<SealedSheet | undefined> {
    const [row] = await this.#postgres.query<SealedSheet & { percent: number }>(
      `SELECT percent, last_round AS "lastRound", live_seconds AS "liveSeconds" FROM attendance_sheets WHERE briefing = $1`,
      [briefing],
    );
    return row;
  }
}
