import { choose, emptyProgramme } from '../../../domain/programme/choose.ts';
import type {
  Choice,
  ChosenItem,
  ProgrammeMark,
  ProgrammeMoment,
  ProgrammeStore,
} from '../../../domain/programme/ports.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Content, Layout, Programme } from '../../../protocol/programme.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { type Batch, chainOfBriefing, sealed } from '../record/sealed.ts';

interface Row {
  seq: string;
  /** null: nobody has chosen any. */
  at: Date | null;
  layout: Layout | null;
  content: Content | null;
  item: ChosenItem | null;
  since: Date | null;
}

type Facts = Omit<ProgrammeMoment, 'programme'>;

/**
 * The programme in PostgreSQL: the last choice of what is shown, and the last of the item that runs, are what holds.
 * Choices queue up on the chain of their briefing.
 */
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
    return this.#act(briefing, (batch, moment) => chosen(batch, moment, record, decide(moment)));
  }

  changeItem(
    briefing: string,
    record: { readonly act: string; readonly account: string },
    decide: (moment: ProgrammeMoment) => ChosenItem | null | undefined,
  ): Promise<Programme> {
    return this.#act(briefing, async (batch, moment) => {
      const item = decide(moment);
      if (item === undefined) return moment.programme;
      const [seq, at] = [moment.programme.seq + 1, batch.now.toISOString()];
      await batch.insert('agenda_acts', [{ briefing, seq, at, item, ...record }]);
      return { ...moment.programme, seq, item: item && { ...item, since: at } };
    });
  }

  read(briefing: string): Promise<Programme> {
    return last(this.#postgres, briefing);
  }

  async running(): Promise<readonly ProgrammeMark[]> {
    const rows = await this.#postgres.query<{ id: string; seq: string }>(
      `SELECT b.id, greatest(0, (SELECT max(p.seq) FROM programme_acts p WHERE p.briefing = b.id),
         (SELECT max(a.seq) FROM agenda_acts a WHERE a.briefing = b.id)) AS seq
       FROM briefings b WHERE b.state IN ('open', 'live') ORDER BY b.id`,
    );
    return rows.map(({ id, seq }) => ({ id, seq: Number(seq) }));
  }

  #act(briefing: string, work: (batch: Batch, moment: ProgrammeMoment) => Promise<Programme>): Promise<Programme> {
    return this.#postgres.transaction(async (sql) => {
      const facts = await lock(sql, briefing);
      const { result } = await sealed(sql, chainOfBriefing(briefing), async (batch) =>
        // A statement after the lock sees what was committed before it was given.
        work(batch, { programme: await last(sql, briefing), ...facts }),
      );
      return result;
    });
  }
}

/**
 * What is shown beside people, by the act of another slice that has locked the chain of the briefing: both are there, or neither.
 * @param decide undefined: it stays as it is
 */
export async function placeContent(
  sql: Sql,
  batch: Batch,
  { briefing, ...record }: { readonly briefing: string; readonly act: string; readonly account: string | null },
  decide: (now: Content | null) => Content | null | undefined,
): Promise<Programme> {
  const moment = { programme: await last(sql, briefing), ...(await lock(sql, briefing)) };
  return chosen(batch, moment, record, choose(moment, { content: decide(moment.programme.content) }));
}

async function chosen(
  batch: Batch,
  { programme }: ProgrammeMoment,
  record: { readonly act: string; readonly account: string | null },
  choice: Choice | null,
): Promise<Programme> {
  if (!choice) return programme;
  const { briefing, seq, item } = programme;
  const next = { briefing, seq: seq + 1, at: batch.now.toISOString(), ...choice };
  await batch.insert('programme_acts', [{ ...next, ...record }]);
  return { ...next, item };
}

/** Both kinds of choices share their numbers, so the greater one is the programme's. */
async function last(sql: Sql, briefing: string): Promise<Programme> {
  const [row] = await sql.query<Row>(
    `SELECT greatest(0, p.seq, a.seq) AS seq, p.at, p.layout, p.content, a.item, a.at AS since
     FROM (SELECT $1::uuid AS briefing) b
     LEFT JOIN LATERAL (SELECT * FROM programme_acts WHERE briefing = b.briefing ORDER BY seq DESC LIMIT 1) p ON true
     LEFT JOIN LATERAL (SELECT * FROM agenda_acts WHERE briefing = b.briefing ORDER BY seq DESC LIMIT 1) a ON true`,
    [briefing],
  );
  const empty = emptyProgramme(briefing);
  if (!row) return empty;
  const { layout, content, item, since } = row;
  return {
    ...{ briefing, seq: Number(row.seq), layout: layout ?? empty.layout, content, at: row.at?.toISOString() ?? null },
    item: item && since && { ...item, since: since.toISOString() },
  };
}

/** The briefing may not change its state meanwhile. */
async function lock(sql: Sql, briefing: string): Promise<Facts> {
  const [row] = await sql.query<Facts['briefing'] & { on_floor: string[] }>(
    `SELECT b.state, b.stage, b.producers, b.agenda,
       ARRAY(SELECT s.identity FROM floor_speakers s WHERE s.briefing = b.id) AS on_floor
     FROM briefings b WHERE b.id = $1 FOR SHARE OF b`,
    [briefing],
  );
  if (!row) throw refuse('not-found', 'there is no such briefing');
  const { on_floor, ...facts } = row;
  return { briefing: facts, onFloor: new Set(on_floor) };
}
