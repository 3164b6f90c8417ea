import { setImmediate as nextTurn } from 'node:timers/promises';
import { assertNever } from '../../lib/assertNever.ts';
import type { Block, MinutesDocument, Signature } from './document.ts';
import { Sheets } from './Sheets.ts';

/** Blocks that are written before others have their turn. */
const AT_ONCE = 8;
const BODY = 13;
const CELL = 11;
/** Where the columns of the letterhead, and of the signatures, meet. */
const LETTERHEAD = 0.42;
const HALF = 0.5;
const SIGNATURE_ROOM = 62;

/** MN8, MN9: sheets of A4 as Nghị định 30/2020 lays them out. */
export async function toPdf(minutes: MinutesDocument): Promise<Buffer> {
  const sheets = new Sheets({
    ...{ title: `${minutes.kind}: ${minutes.subject}`, language: minutes.language },
    ...{ at: new Date(minutes.at), foot: minutes.foot },
  });
  heading(sheets, minutes);
  await writeAll(sheets, minutes.body);
  signatures(sheets, minutes);
  if (minutes.annex) {
    sheets.nextPage();
    sheets.text(minutes.annex.title, { size: 14, cut: '700-normal', align: 'center', tag: 'H1' });
    sheets.text(minutes.annex.subject, { size: 14, cut: '700-normal', align: 'center' });
    await writeAll(sheets, minutes.annex.body);
  }
  return sheets.end();
}

async function writeAll(sheets: Sheets, blocks: readonly Block[]): Promise<void> {
  for (const [i, block] of blocks.entries()) {
    write(sheets, block);
    if (i % AT_ONCE === AT_ONCE - 1) await nextTurn();
  }
}

function write(sheets: Sheets, block: Block): void {
  switch (block.kind) {
    case 'heading':
      sheets.gap(10, 60);
      sheets.text(block.text, { size: BODY, cut: '700-normal', tag: 'H2' });
      break;
    case 'subheading':
      sheets.gap(6, 46);
      sheets.text(block.text, { size: BODY, cut: '700-normal', tag: 'H3' });
      break;
    case 'text':
    case 'item':
      sheets.gap(3, 0);
      sheets.text(block.text, {
        ...{ size: BODY, indent: 28, align: 'justify' },
        ...(block.kind === 'text' && block.label !== undefined && { label: block.label }),
      });
      break;
    case 'code':
      sheets.text(block.text, { size: 11, left: 28 });
      break;
    case 'table':
      sheets.gap(4, 0);
      sheets.table(block.columns, block.rows, CELL);
      sheets.gap(4, 0);
      break;
    default:
      assertNever(block);
  }
}

/** Issuer and number beside the nation's name and motto; then what it is. */
function heading(sheets: Sheets, minutes: MinutesDocument): void {
  const { issuer, number, nation, placeAndDate, kind, subject, marks } = minutes;
  sheets.columns(LETTERHEAD, [
    () => {
      sheets.text(issuer, { size: 12.5, cut: '700-normal', align: 'center' });
      sheets.rule(0.4);
      sheets.gap(4, 0);
      sheets.text(number, { size: BODY, align: 'center' });
    },
    () => {
      sheets.text(nation[0], { size: 12.5, cut: '700-normal', align: 'center' });
      sheets.text(nation[1], { size: 13.5, cut: '700-normal', align: 'center' });
      sheets.rule(0.6);
      sheets.gap(4, 0);
      sheets.text(placeAndDate, { size: BODY, cut: '400-italic', align: 'center' });
    },
  ]);
  sheets.gap(6, 0);
  for (const mark of marks) {
    sheets.gap(6, 0);
    sheets.text(mark, { size: 12, cut: '700-normal', align: 'center' });
  }
  sheets.gap(14, 0);
  sheets.text(kind, { size: 14, cut: '700-normal', align: 'center', tag: 'H1' });
  sheets.text(subject, { size: 14, cut: '700-normal', align: 'center' });
  sheets.rule(0.3);
  sheets.gap(8, 0);
}

function signatures(sheets: Sheets, { closing, signatures: both, recipients }: MinutesDocument): void {
  const sign = ({ title, hint, name }: Signature) => {
    sheets.text(title, { size: BODY, cut: '700-normal', align: 'center' });
    sheets.text(hint, { size: BODY, cut: '400-italic', align: 'center' });
    sheets.gap(SIGNATURE_ROOM, 0);
    sheets.text(name ?? ' ', { size: BODY, cut: '700-normal', align: 'center' });
  };
  const [clerk, chair] = both;
  // Both stand on one page, with the last sentence above them.
  sheets.gap(3, SIGNATURE_ROOM + 120);
  sheets.text(closing, { size: BODY, indent: 28, align: 'justify' });
  sheets.gap(14, 0);
  sheets.columns(HALF, [() => sign(clerk), () => sign(chair)]);
  sheets.gap(10, 0);
  for (const [i, line] of recipients.entries())
    sheets.text(line, { size: 11, cut: i === 0 ? '700-normal' : '400-normal' });
}
