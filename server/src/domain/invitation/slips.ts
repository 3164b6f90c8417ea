import { setImmediate as nextTurn } from 'node:timers/promises';
import { vietNamWallMs } from '../../lib/vietNamTime.ts';
import type { Briefing } from '../../protocol/briefing.ts';
import type { UnitCode } from '../../protocol/organisation.ts';
import { codeFragment } from '../../protocol/session.ts';
import { codeBegins, writtenCode } from '../organisation/deviceCode.ts';
import { Paper } from './Paper.ts';
import { invitationWords, moment, shortMoment } from './words.ts';

/** What one unit gets. */
export interface Slip {
  /** `UBND phường Tân Định, Quận 1, Thành phố Hồ Chí Minh` */
  readonly to: string;
  readonly way: WayIn | undefined;
}

/** How a unit gets in; it has none without a seat. */
export interface WayIn {
  readonly unit: UnitCode;
  readonly code: string;
  /** Its first link; undefined: it has one, or a password. */
  readonly link: string | undefined;
}

export interface SlipFacts {
  readonly publicUrl: string;
  /** Name of the unit that holds the briefing. */
  readonly host: string;
  /** Whom to ring; null: nobody is named. */
  readonly telephone: string | null;
  /** How many slips come. */
  readonly of: number;
  /** Told after each slip how many are written. */
  readonly written: (slips: number) => void;
}

export const SLIPS_A_PAGE = 3;
/** Slips that are written before others have their turn. */
const AT_ONCE = 5;
/** How much larger everything is on a page of one, two or three slips, so that the page is full. */
const SCALES = [1.5, 1.3, 1] as const;
/** Size of what is read once. */
const SMALL = 8.5;
const GREY = '#444444';

/** IV5: A4, three slips a page and larger ones on a last page of fewer, cut along the dashed lines. */
export async function slipSheets(briefing: Briefing, slips: AsyncIterable<Slip>, facts: SlipFacts): Promise<Buffer> {
  const words = invitationWords[briefing.language];
  const paper = new Paper({ title: `${words.title}: ${briefing.title}`, language: briefing.language });
  let nr = 0;
  for await (const slip of slips) {
    const place = nr % SLIPS_A_PAGE;
    if (place === 0) paper.page();
    const onPage = Math.min(SLIPS_A_PAGE, facts.of - (nr - place));
    paper.section(() => new SlipDrawing(paper, briefing, slip, facts).draw(place, onPage));
    facts.written(++nr);
    if (nr % AT_ONCE === 0) await nextTurn();
  }
  return paper.end();
}

/** One slip: what, when, by whom and for whom at its head, the agenda below it, and the way in at its foot. */
class SlipDrawing {
  readonly #paper: Paper;
  readonly #briefing: Briefing;
  readonly #slip: Slip;
  readonly #facts: SlipFacts;
  #scale = 1;

  constructor(paper: Paper, briefing: Briefing, slip: Slip, facts: SlipFacts) {
    this.#paper = paper;
    this.#briefing = briefing;
    this.#slip = slip;
    this.#facts = facts;
  }

  /** @param place of the slip on its page, from 0, which has `onPage` slips */
  draw(place: number, onPage: number): void {
    this.#scale = SCALES[onPage - 1] ?? 1;
    const height = Paper.height / onPage;
    const top = height * place;
    if (place > 0) this.#paper.rule(top, true);
    const y = this.#head(top);
    const panel = this.#points(this.#slip.way ? PANEL : NO_SEAT);
    const foot = top + height - this.#points(FOOT);
    this.#middle(y, foot - panel - this.#points(4));
    this.#way(foot - panel, panel);
    this.#foot(foot);
  }

  #head(top: number): number {
    const { title, scheduledAt, language, rehearsal } = this.#briefing;
    const words = invitationWords[language];
    let y = top + this.#points(14);
    if (rehearsal) {
      this.#paper.band(words.rehearsal, top + 1, 18);
      y = top + 18 + this.#points(8);
    }
    y = this.#write(words.title, y, { size: 9, weight: 700, colour: '#a01f27' }) + this.#points(1);
    y = this.#write(title, y, { size: 14, weight: 700, lines: 2, tag: 'H2' });
    y = this.#write(moment(language, vietNamWallMs(scheduledAt)), y, { size: 12, weight: 700 });
    y = this.#write(words.host(this.#facts.host), y, { size: 9, lines: 1 }) + this.#points(3);
    return this.#write(words.to(this.#slip.to), y, { size: 11.5, weight: 700, lines: 2 }) + this.#points(3);
  }

  /** The agenda, and what to do before where there is room for all of it; what is left stands between them. */
  #middle(from: number, to: number): void {
    const words = invitationWords[this.#briefing.language];
    const row = this.#points(SMALL) * Paper.line;
    const rows = Math.floor((to - from) / row);
    const agenda = this.#agenda(rows);
    const before = [words.before, ...words.steps];
    const isRoom = this.#slip.way && before.length <= rows - agenda.length - 1;
    const blocks = [agenda, isRoom ? before : []].filter(({ length }) => length > 0);
    const free = to - from - blocks.flat().length * row;
    const gap = Math.min(free / (blocks.length + 1), this.#points(60));
    let y = from;
    for (const [heading = '', ...items] of blocks) {
      y = this.#write(heading, y + gap, { size: SMALL, colour: GREY });
      for (const item of items) y = this.#write(item, y, { size: SMALL, lines: 1 });
    }
  }

  /** Its heading, and as many items as there is room for; how many more there are is said. */
  #agenda(rows: number): readonly string[] {
    const { agenda, language } = this.#briefing;
    const words = invitationWords[language];
    if (agenda.length === 0 || rows < 2) return [];
    const items = agenda.map(({ title, by, minutes }, i) =>
      [`${i + 1}. ${title}`, by, minutes && words.minutes(minutes)].filter(Boolean).join(' - '),
    );
    if (items.length < rows) return [words.agenda, ...items];
    const shown = items.slice(0, rows - 2);
    return [words.agenda, ...shown, words.more(items.length - shown.length)];
  }

  #way(top: number, height: number): void {
    const { way } = this.#slip;
    const { publicUrl } = this.#facts;
    const words = invitationWords[this.#briefing.language];
    const pad = this.#points(8);
    const box = { x: MARGIN, y: top, width: Paper.width - MARGIN * 2, height };
    this.#paper.frame(box);
    const left = { x: box.x + pad, width: box.width - height - pad };
    let y = top + this.#points(6);
    if (!way) {
      this.#write(words.noSeat, y + this.#points(3), {
        size: 11,
        weight: 700,
        lines: 1,
        box: { ...left, width: box.width - pad * 2 },
      });
      return;
    }
    const { unit, code, link } = way;
    const address = words.open(publicUrl.replace(/^https:\/\//, ''));
    y = this.#write(address, y, { size: 9.5, lines: 1, whole: true, box: left });
    const first = { ...left, width: left.width * 0.4 };
    const second = { x: left.x + first.width, width: left.width - first.width };
    this.#labelled(words.unitCode, unit, y, first);
    y = this.#labelled(words.code, writtenCode(code), y, second);
    const begins = shortMoment(vietNamWallMs(codeBegins(new Date(this.#briefing.scheduledAt)).toISOString()));
    y = this.#write(words.valid(begins), y, { size: 7.5, lines: 2, box: left });
    this.#write(link === undefined ? words.signedIn : words.first, y, { size: 7.5, lines: 2, box: left });
    const scanned = link ?? `${publicUrl}/#${codeFragment}=${unit}.${code}`;
    this.#paper.qr(scanned, box.x + box.width - height, top, height);
  }

  /** A value in large letters below its name. */
  #labelled(label: string, value: string, y: number, box: { readonly x: number; readonly width: number }): number {
    const below = this.#write(label, y, { size: 8, colour: GREY, box });
    return this.#write(value, below, { size: 19, weight: 700, lines: 1, box });
  }

  #foot(y: number): void {
    const words = invitationWords[this.#briefing.language];
    const { telephone } = this.#facts;
    const at = y + this.#points(3);
    const next = telephone === null ? at : this.#write(words.ring(telephone), at, { size: 9, weight: 700, lines: 1 });
    this.#write(words.secret, next, { size: 7.5, colour: GREY, lines: 1 });
  }

  #write(text: string, y: number, { size, box, ...style }: Written): number {
    const { x, width } = box ?? { x: MARGIN, width: Paper.width - MARGIN * 2 };
    return this.#paper.write(text, { x, y, width }, { ...style, size: this.#points(size) });
  }

  #points(size: number): number {
    return size * this.#scale;
  }
}

type Written = Parameters<Paper['write']>[2] & { readonly box?: { readonly x: number; readonly width: number } };

const MARGIN = 42;
/** Heights of the panel with the way in, of one without, and of what stands below it, on a page of three slips. */
const PANEL = 98;
const NO_SEAT = 34;
const FOOT = 28;
