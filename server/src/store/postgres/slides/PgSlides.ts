import { randomUUID } from 'node:crypto';
import { UNUSED_PICTURE_HOURS } from '../../../domain/slides/limits.ts';
import type {
  ShowChange,
  ShowMark,
  ShowMoment,
  ShowStep,
  SlideImage,
  SlideStore,
} from '../../../domain/slides/ports.ts';
import { noShow, type Show } from '../../../domain/slides/shows.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { AddDeck, Deck, DeckSummary, SlidePage } from '../../../protocol/slides.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { placeContent } from '../programme/PgProgramme.ts';
import { chainOfBriefing, sealed } from '../record/sealed.ts';

const DECK = 'SELECT id, briefing, source, title, size, shown FROM slide_decks';
/** Deleted, it leaves pictures that no page has. */
const UNUSED = 'NOT EXISTS (SELECT FROM slide_pages p WHERE p.wide = i.sha256 OR p.narrow = i.sha256)';

/** Decks, their pages, and what is shown. */
export class PgSlides implements SlideStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  addDeck(briefing: string, { source, title, size }: AddDeck, by: string, most: number): Promise<Deck | undefined> {
    return this.#postgres.transaction(async (sql) => {
      await sql.query('SELECT id FROM briefings WHERE id = $1 FOR UPDATE', [briefing]);
      const [known] = await sql.query<{ id: string }>(
        'SELECT id FROM slide_decks WHERE briefing = $1 AND source = $2',
        [briefing, source],
      );
      const [count] = await sql.query<{ decks: number }>(
        'SELECT count(*)::int AS decks FROM slide_decks WHERE briefing = $1',
        [briefing],
      );
      if (!known && (count?.decks ?? 0) >= most) return undefined;
      const id = known?.id ?? randomUUID();
      await sql.query(
        `INSERT INTO slide_decks (id, briefing, source, title, size, created_by) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (briefing, source) DO NOTHING`,
        [id, briefing, source, title, size, by],
      );
      const deck = await readDeck(sql, id);
      if (!deck) throw new Error('the deck was not written');
      return deck;
    });
  }

  decks(briefing: string): Promise<readonly DeckSummary[]> {
    return this.#postgres.query(
      `SELECT d.id, d.briefing, d.source, d.title, d.size, d.shown,
         (SELECT count(*)::int FROM slide_pages p WHERE p.deck = d.id) AS ready
       FROM slide_decks d WHERE d.briefing = $1 ORDER BY d.created_at, d.id`,
      [briefing],
    );
  }

  deck(id: string): Promise<Deck | undefined> {
    return readDeck(this.#postgres, id);
  }

  /** Another picture of a page is taken as long as the deck is not complete: what is seen never changes. */
  setPage(deck: string, nr: number, page: SlidePage): Promise<boolean> {
    return this.#postgres.transaction(async (sql) => {
      await sql.query('SELECT id FROM slide_decks WHERE id = $1 FOR UPDATE', [deck]);
      const rows = await sql.query(
        `INSERT INTO slide_pages (deck, nr, wide, narrow, width, height, text)
         SELECT d.id, $2, w.sha256, n.sha256, $5, $6, $7 FROM slide_decks d, slide_images w, slide_images n
         WHERE d.id = $1 AND $2 <= d.size AND w.sha256 = $3 AND n.sha256 = $4 AND NOT d.shown
           AND (SELECT count(*) FROM slide_pages p WHERE p.deck = d.id) < d.size
         ON CONFLICT (deck, nr) DO UPDATE SET wide = EXCLUDED.wide, narrow = EXCLUDED.narrow, width = EXCLUDED.width,
           height = EXCLUDED.height, text = EXCLUDED.text
         RETURNING nr`,
        [deck, nr, page.wide, page.narrow, page.width, page.height, page.text],
      );
      return rows.length > 0;
    });
  }

  async removeDeck(id: string): Promise<boolean> {
    const rows = await this.#postgres.query('DELETE FROM slide_decks WHERE id = $1 AND NOT shown RETURNING id', [id]);
    return rows.length > 0;
  }

  async keepImage({ sha256, type, bytes, by }: Parameters<SlideStore['keepImage']>[0]): Promise<void> {
    await this.#postgres.transaction(async (sql) => {
      await sql.query(
        `INSERT INTO slide_images (sha256, type, size, uploaded_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (sha256) DO UPDATE SET uploaded_at = clock_timestamp()`,
        [sha256, type, bytes.length, by],
      );
      await sql.query('INSERT INTO slide_image_bytes (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        sha256,
        bytes,
      ]);
    });
  }

  async unusedBytes(account: string): Promise<number> {
    const [row] = await this.#postgres.query<{ bytes: number }>(
      `SELECT coalesce(sum(size), 0)::float8 AS bytes FROM slide_images i WHERE uploaded_by = $1 AND ${UNUSED}`,
      [account],
    );
    return row?.bytes ?? 0;
  }

  async image(sha256: string): Promise<SlideImage | undefined> {
    const [row] = await this.#postgres.query<SlideImage>(
      'SELECT type, bytes FROM slide_images JOIN slide_image_bytes USING (sha256) WHERE sha256 = $1',
      [sha256],
    );
    return row;
  }

  read(briefing: string): Promise<Show> {
    return readShow(this.#postgres, briefing);
  }

  change(
    { briefing, deck, by, beside }: ShowChange,
    decide: (moment: ShowMoment) => ShowStep | undefined,
  ): ReturnType<SlideStore['change']> {
    return this.#postgres.transaction(async (sql) => {
      const [facts] = await sql.query<ShowMoment['briefing']>(
        'SELECT id, state, stage, producers FROM briefings WHERE id = $1 FOR SHARE',
        [briefing],
      );
      if (!facts) throw refuse('not-found', 'there is no such briefing');
      await sql.query(`INSERT INTO slide_shows (briefing, seq, turns) VALUES ($1, 0, '[]') ON CONFLICT DO NOTHING`, [
        briefing,
      ]);
      // A deck that is about to be shown is not removed meanwhile.
      const named = deck === undefined ? undefined : await readDeck(sql, deck, 'FOR UPDATE');
      await sql.query('SELECT seq FROM slide_shows WHERE briefing = $1 FOR UPDATE', [briefing]);
      const [clock] = await sql.query<{ now: Date }>('SELECT clock_timestamp() AS now');
      if (!clock) throw new Error('PostgreSQL does not know the time');
      const show = await readShow(sql, briefing);
      const step = decide({ show, briefing: facts, now: clock.now.toISOString(), deck: named });
      if (step) await write(sql, step.show);
      const after = { show: step?.show ?? show, programme: undefined };
      const rows = step ? await rowsOf(sql, step, by, clock.now) : [];
      if (rows.length === 0 && !beside) return after;
      const { result } = await sealed(sql, chainOfBriefing(briefing), async (batch) => {
        await batch.insert('slide_acts', rows);
        if (!beside) return after;
        const record = { briefing, act: beside.act, account: by?.account ?? null };
        return { ...after, programme: await placeContent(sql, batch, record, beside.decide) };
      });
      return result;
    });
  }

  async running(): Promise<readonly ShowMark[]> {
    return this.#postgres.query(
      `SELECT s.briefing, s.seq::float8 AS seq FROM slide_shows s JOIN briefings b ON b.id = s.briefing
       WHERE b.state IN ('open', 'live')`,
    );
  }

  async left(): Promise<readonly string[]> {
    const rows = await this.#postgres.query<{ briefing: string }>(
      `SELECT s.briefing FROM slide_shows s JOIN briefings b ON b.id = s.briefing
       WHERE b.state = 'closed' AND s.deck IS NOT NULL`,
    );
    return rows.map(({ briefing }) => briefing);
  }

  async sweep(): Promise<number> {
    const rows = await this.#postgres.query(
      `DELETE FROM slide_images i WHERE uploaded_at < clock_timestamp() - interval '${UNUSED_PICTURE_HOURS} h' AND ${UNUSED}
       RETURNING sha256`,
    );
    return rows.length;
  }
}

async function readDeck(sql: Sql | Postgres, id: string, lock = ''): Promise<Deck | undefined> {
  const [deck] = await sql.query<Omit<Deck, 'pages'>>(`${DECK} WHERE id = $1 ${lock}`, [id]);
  if (!deck) return undefined;
  const rows = await sql.query<SlidePage & { nr: number }>(
    'SELECT nr, wide, narrow, width, height, text FROM slide_pages WHERE deck = $1 ORDER BY nr',
    [id],
  );
  const pages: (SlidePage | null)[] = Array.from({ length: deck.size }, () => null);
  for (const { nr, ...page } of rows) pages[nr - 1] = page;
  return { ...deck, pages };
}

async function readShow(sql: Sql | Postgres, briefing: string): Promise<Show> {
  const [row] = await sql.query<{
    seq: number;
    turns: Show['turns'];
    deck: string | null;
    page: number;
    title: string;
    size: number;
  }>(
    `SELECT s.seq::float8 AS seq, s.turns, s.deck, s.page, d.title, d.size FROM slide_shows s
     LEFT JOIN slide_decks d ON d.id = s.deck WHERE s.briefing = $1`,
    [briefing],
  );
  if (!row) return noShow(briefing);
  const { seq, turns, deck, page, title, size } = row;
  return { briefing, seq, turns, shown: deck === null ? null : { deck, page, title, size } };
}

const write = (sql: Sql, { briefing, seq, shown, turns }: Show) =>
  sql.query('UPDATE slide_shows SET seq = $2, deck = $3, page = $4, turns = $5 WHERE briefing = $1', [
    ...[briefing, seq, shown?.deck ?? null, shown?.page ?? null],
    JSON.stringify(turns),
  ]);

/** SL8: acts for the record, with what every page was. */
async function rowsOf(sql: Sql, { show, acts }: ShowStep, by: ShowChange['by'], at: Date) {
  const { briefing, seq } = show;
  const rows: Record<string, unknown>[] = [];
  for (const { act, deck: id, turns } of acts) {
    const deck = await readDeck(sql, id);
    if (!deck) throw new Error('the deck is not there');
    if (act === 'show') await sql.query('UPDATE slide_decks SET shown = true WHERE id = $1', [id]);
    const images = deck.pages.flatMap((page) => page?.wide ?? []);
    const { title, source } = deck;
    const who = { account: by?.account ?? null, by_name: by?.name ?? null };
    rows.push({ briefing, seq, at, act, deck: id, title, source, images, turns, ...who });
  }
  return rows;
}
