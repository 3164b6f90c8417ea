import type {
  FigureStage,
  FigureStageAct,
  FigureStageMark,
  FigureStageStore,
  StageBy,
  StageMoment,
  StageStep,
} from '../../../domain/figure/stage/ports.ts';
import { emptyStage } from '../../../domain/figure/stage/stageRules.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { placeContent } from '../programme/PgProgramme.ts';
import { type Batch, chainOfBriefing, sealed } from '../record/sealed.ts';
import { keepFrameBytes, secondOf } from './noteSeen.ts';

/** Figures on stages: the last act is what holds. Acts queue up on the chain of their briefing. */
export class PgFigureStages implements FigureStageStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  change({ briefing, by, decide, beside }: FigureStageAct): ReturnType<FigureStageStore['change']> {
    return this.#postgres.transaction(async (sql) => {
      // The briefing may not change its state meanwhile.
      const [facts] = await sql.query<StageMoment['briefing']>(
        'SELECT state, stage, producers FROM briefings WHERE id = $1 FOR SHARE',
        [briefing],
      );
      if (!facts) throw refuse('not-found', 'there is no such briefing');
      const { result } = await sealed(sql, chainOfBriefing(briefing), async (batch) => {
        // A statement after the lock sees what was committed before it was given.
        const stage = await last(sql, briefing);
        const step = decide({ stage, briefing: facts });
        const next = step ? await append(sql, batch, stage, step, by) : stage;
        if (!beside) return { stage: next, programme: undefined };
        const record = { briefing, act: beside.act, account: by?.account ?? null };
        return { stage: next, programme: await placeContent(sql, batch, record, beside.decide) };
      });
      return result;
    });
  }

  read(briefing: string): Promise<FigureStage> {
    return last(this.#postgres, briefing);
  }

  async content(sha256: string): Promise<Buffer | undefined> {
    const [row] = await this.#postgres.query<{ bytes: Buffer }>(
      'SELECT bytes FROM figure_stage_bytes WHERE sha256 = $1',
      [sha256],
    );
    return row?.bytes;
  }

  running(): Promise<readonly FigureStageMark[]> {
    return this.#postgres.query<FigureStageMark & Record<string, unknown>>(
      `SELECT b.id AS briefing, coalesce(max(a.version), 0)::float8 AS version FROM briefings b
       LEFT JOIN figure_stage_acts a ON a.briefing = b.id WHERE b.state IN ('open', 'live') GROUP BY b.id ORDER BY b.id`,
    );
  }

  async left(ms?: number): Promise<readonly string[]> {
    const rows = await this.#postgres.query<{ briefing: string }>(
      `SELECT b.id AS briefing FROM briefings b CROSS JOIN LATERAL (
         SELECT a.what FROM figure_stage_acts a WHERE a.briefing = b.id ORDER BY a.version DESC LIMIT 1) last
       WHERE b.state = 'closed' AND last.what IS NOT NULL
         AND ($1::float8 IS NULL OR b.closed_at > clock_timestamp() - $1 * interval '1 millisecond')`,
      [ms ?? null],
    );
    return rows.map(({ briefing }) => briefing);
  }
}

async function append(
  sql: Sql,
  batch: Batch,
  { briefing, version: before, content: shown }: FigureStage,
  { act, what, n, content }: StageStep,
  by: StageBy,
): Promise<FigureStage> {
  if (content) await keepFrameBytes(sql, content.sha256, content.bytes);
  const version = before + 1;
  const who = { account: by?.account ?? null, by_name: by?.name ?? null };
  const row = { briefing, version, at: batch.now.toISOString(), act, what, n, content: content?.sha256 ?? null };
  await batch.insert('figure_stage_acts', [{ ...row, ...who }]);
  const second = await secondOf(sql, briefing, batch.at);
  await batch.insert('figure_stage_seconds', [{ briefing, version, second }]);
  return { briefing, version, what, content: what && (act === 'show' ? (content?.sha256 ?? null) : shown) };
}

async function last(sql: Sql | Postgres, briefing: string): Promise<FigureStage> {
  const [row] = await sql.query<Omit<FigureStage, 'briefing'> & Record<string, unknown>>(
    `SELECT a.version::float8 AS version, a.what, CASE WHEN a.what IS NOT NULL THEN (SELECT s.content FROM figure_stage_acts s
       WHERE s.briefing = a.briefing AND s.act = 'show' ORDER BY s.version DESC LIMIT 1) END AS content
     FROM figure_stage_acts a WHERE a.briefing = $1 ORDER BY a.version DESC LIMIT 1`,
    [briefing],
  );
  return row ? { briefing, version: row.version, what: row.what, content: row.content } : emptyStage(briefing);
}
