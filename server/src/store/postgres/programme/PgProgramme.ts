import { emptyProgramme } from '../../../domain/programme/choose.ts';
import type { Choice, ProgrammeMark, ProgrammeMoment, ProgrammeStore } from '../../../domain/programme/ports.ts';
import type { BriefingState } from '../../../protocol/briefing.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Content, Layout, Programme } from '../../../protocol/programme.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { chainOfBriefing, sealed } from '../record/sealed.ts';

interface Row {
  seq: string;
  at: Date;
  layout: Layout;
  content: Content | null;
}

/** The programme in PostgreSQL: its last act is what holds. Choices queue up on the chain of their briefing. */
export class PgProgramme implements ProgrammeStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  change(
    briefing: string,
    record: { readonly act: string; readonly account: string | null },
    decide: (moment: ProgrammeMoment) => Choice | null,
  ): Promise<Programme> {
    return this.#postgres.transaction(async (sql) => {
      const facts = await lock(sql, briefing);
      const { result } = await sealed(sql, chainOfBriefing(briefing), async (batch) => {
        // A statement after the lock sees what was committed before it was given.
        const programme = await last(sql, briefing);
        const choice = decide({ programme, ...facts });
        if (!choice) return programme;
        const { layout, content } = choice;
        const next = { briefing, seq: programme.seq + 1, at: batch.now.toISOString(), layout, content };
        await batch.insert('programme_acts', [{ ...next, ...record }]);
        return next;
      });
      return result;
    });
  }

  read(briefing: string): Promise<Programme> {
    return last(this.#postgres, briefing);
  }

  async running(): Promise<readonly ProgrammeMark[]> {
    const rows = await this.#postgres.query<{ id: string; seq: string }>(
      `SELECT b.id, coalesce((SELECT max(p.seq) FROM programme_acts p WHERE p.briefing = b.id), 0) AS seq
       FROM briefings b WHERE b.state IN ('open', 'live') ORDER BY b.id`,
    );
    return rows.map(({ id, seq }) => ({ id, seq: Number(seq) }));
  }
}

async function last(sql: Sql, briefing: string): Promise<Programme> {
  const [row] = await sql.query<Row>(
    'SELECT seq, at, layout, content FROM programme_acts WHERE briefing = $1 ORDER BY seq DESC LIMIT 1',
    [briefing],
  );
  if (!row) return emptyProgramme(briefing);
  return { ...row, briefing, seq: Number(row.seq), at: row.at.toISOString() };
}

/** The briefing may not change its state meanwhile. */
async function lock(sql: Sql, briefing: string): Promise<Omit<ProgrammeMoment, 'programme'>> {
  const [row] = await sql.query<{ state: BriefingState; stage: string; producers: string[]; on_floor: string[] }>(
    `SELECT b.state, b.stage, b.producers, ARRAY(SELECT s.identity FROM floor_speakers s WHERE s.briefing = b.id) AS on_floor
     FROM briefings b WHERE b.id = $1 FOR SHARE OF b`,
    [briefing],
  );
  if (!row) throw refuse('not-found', 'there is no such briefing');
  const { state, stage, producers } = row;
  return { briefing: { state, stage, producers }, onFloor: new Set(row.on_floor) };
}
