import { setImmediate as nextTurn } from 'node:timers/promises';
import { vietNamWallMs } from '../../lib/vietNamTime.ts';
import type { Briefing } from '../../protocol/briefing.ts';
import { Paper } from './Paper.ts';
import { invitationWords, moment } from './words.ts';

/** What one unit gets. */
export interface Slip {
  /** `UBND phường Tân Định, Quận 1, Thành phố Hồ Chí Minh` */
  readonly to: string;
  readonly way:
    | { readonly kind: 'link'; readonly url: string }
    /** A device is signed in, so it needs none. */
    | { readonly kind: 'signed-in' }
    | { readonly kind: 'no-seat' };
}

export const SLIPS_A_PAGE = 3;
const MARGIN = 42;
const QR = 118;
/** Slips that are written before others have their turn. */
const AT_ONCE = 5;

/** IV5: A4, three slips a page, cut along the dashed lines. */
export async function slipSheets(
  briefing: Briefing,
  slips: AsyncIterable<Slip>,
  { publicUrl, written }: { readonly publicUrl: string; readonly written: (slips: number) => void },
): Promise<Buffer> {
  const words = invitationWords[briefing.language];
  const paper = new Paper({ title: `${words.title}: ${briefing.title}`, language: briefing.language });
  let nr = 0;
  for await (const slip of slips) {
    if (nr % SLIPS_A_PAGE === 0) paper.page();
    paper.section(() => draw(paper, briefing, slip, nr % SLIPS_A_PAGE, publicUrl));
    written(++nr);
    if (nr % AT_ONCE === 0) await nextTurn();
  }
  return paper.end();
}

function draw(paper: Paper, briefing: Briefing, { to, way }: Slip, place: number, publicUrl: string): void {
  const words = invitationWords[briefing.language];
  const height = Paper.height / SLIPS_A_PAGE;
  const top = height * place;
  if (place > 0) paper.rule(top, true);
  let y = top + 24;
  if (briefing.rehearsal) {
    paper.band(words.rehearsal, top + 1, 20);
    y += 10;
  }
  const wide = { x: MARGIN, width: Paper.width - MARGIN * 2 };
  const left = { x: MARGIN, width: wide.width - QR - 18 };
  y = paper.write(words.title, { ...wide, y }, { size: 10, weight: 700, colour: '#a01f27' }) + 3;
  y = paper.write(briefing.title, { ...left, y }, { size: 14, weight: 700, lines: 2, tag: 'H2' }) + 3;
  const at = moment(briefing.language, vietNamWallMs(briefing.scheduledAt));
  y = paper.write(at, { ...left, y }, { size: 12, weight: 700 }) + 6;
  y = paper.write(words.to, { ...left, y }, { size: 9, colour: '#444444' });
  y = paper.write(to, { ...left, y }, { size: 12, weight: 700, lines: 2 }) + 6;
  switch (way.kind) {
    case 'link':
      for (const [i, step] of words.steps.entries())
        y = paper.write(`${i + 1}. ${step}`, { ...left, y }, { size: 9, lines: 2 }) + 1;
      paper.qr(way.url, Paper.width - MARGIN - QR, top + 36, QR);
      y = paper.write(way.url, { ...wide, y: Math.max(y + 3, top + 36 + QR + 4) }, { size: 8.5, lines: 2 }) + 1;
      paper.write(words.secret, { ...wide, y }, { size: 8, colour: '#444444' });
      break;
    case 'signed-in':
      paper.write(words.signedIn(publicUrl), { ...left, y }, { size: 10, lines: 3 });
      paper.qr(publicUrl, Paper.width - MARGIN - QR, top + 36, QR);
      break;
    case 'no-seat':
      paper.write(words.noSeat, { ...left, y }, { size: 10, lines: 3 });
      break;
  }
}
