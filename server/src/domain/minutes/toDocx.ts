import { assertNever } from '../../lib/assertNever.ts';
import { xmlText } from '../../lib/xmlText.ts';
import { zip } from '../../lib/zip.ts';
import type { Block, MinutesDocument, Signature } from './document.ts';
import { HEAD, paragraph, run, table, tableRow, WORD } from './docxParts.ts';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const WORDPROCESSING = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/**
 * MN8, MN9: a text document (ECMA-376) as Nghị định 30/2020 lays it out, piece by piece. The same minutes are the same
 * bytes.
 */
export async function* toDocx(minutes: MinutesDocument): AsyncGenerator<Buffer> {
  yield* zip([
    { name: '[Content_Types].xml', content: [part(contentTypes)] },
    {
      name: '_rels/.rels',
      content: [
        part(
          relations(
            [`${OFFICE}/officeDocument`, 'word/document.xml'],
            [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
          ),
        ),
      ],
    },
    { name: 'docProps/core.xml', content: [part(coreProperties(minutes))] },
    {
      name: 'word/_rels/document.xml.rels',
      content: [
        part(
          relations(
            ...['styles', 'settings', 'header', 'footer'].map((name): [string, string] => [
              `${OFFICE}/${name}`,
              `${name}.xml`,
            ]),
          ),
        ),
      ],
    },
    { name: 'word/styles.xml', content: [part(styles(minutes))] },
    { name: 'word/settings.xml', content: [part(settings)] },
    { name: 'word/header.xml', content: [part(header)] },
    {
      name: 'word/footer.xml',
      content: [part(`<w:ftr xmlns:w="${WORD}">${paragraph('Footer', run(minutes.foot))}</w:ftr>`)],
    },
    { name: 'word/document.xml', content: content(minutes) },
  ]);
}

const part = (xml: string): Buffer => Buffer.from(HEAD + xml);

function* content(minutes: MinutesDocument): Generator<Buffer> {
  yield part(`<w:document xmlns:w="${WORD}" xmlns:r="${OFFICE}"><w:body>${heading(minutes)}`);
  for (const block of minutes.body) yield Buffer.from(blockXml(block));
  yield Buffer.from(signatures(minutes));
  if (minutes.annex) {
    const { title, subject, body } = minutes.annex;
    yield Buffer.from(paragraph('Title', run(title), '<w:pageBreakBefore/>') + paragraph('Subtitle', run(subject)));
    for (const block of body) yield Buffer.from(blockXml(block));
  }
  // A4 in twentieths of a point: 20 mm above and below, 30 mm left, 15 mm right; no page number on the first page.
  yield Buffer.from(
    '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>' +
      '<w:footerReference w:type="first" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>' +
      '<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567" w:footer="454" w:gutter="0"/>' +
      '<w:titlePg/></w:sectPr></w:body></w:document>',
  );
}

/** Issuer and number beside the nation's name and motto; then what it is. */
function heading({ issuer, number, nation, placeAndDate, kind, subject, marks }: MinutesDocument): string {
  const left = paragraph('HeadBold', run(issuer)) + paragraph('Rule', '') + paragraph('Head', run(number));
  const right =
    paragraph('HeadBold', run(nation[0])) +
    paragraph('Motto', run(nation[1])) +
    paragraph('Rule', '') +
    paragraph('HeadItalic', run(placeAndDate));
  return (
    table([42, 58], [tableRow([left, right])], false) +
    marks.map((mark) => paragraph('Mark', run(mark))).join('') +
    paragraph('Title', run(kind)) +
    paragraph('Subtitle', run(subject)) +
    paragraph('RuleBelow', '')
  );
}

function signatures({ closing, signatures: both, recipients }: MinutesDocument): string {
  const one = ({ title, hint, name }: Signature): string =>
    paragraph('HeadBold', run(title)) +
    paragraph('HeadItalic', run(hint)) +
    paragraph('Head', '').repeat(4) +
    paragraph('HeadBold', run(name ?? ''));
  const [clerk, chair] = both;
  return (
    paragraph('Text', run(closing), '<w:keepNext/>') +
    paragraph('Head', '', '<w:keepNext/>') +
    table([50, 50], [tableRow([one(clerk), one(chair)], '<w:cantSplit/>')], false) +
    recipients.map((line, i) => paragraph('Recipients', run(line, i === 0 ? '<w:b/><w:i/>' : ''))).join('')
  );
}

function blockXml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return paragraph('Heading1', run(block.text));
    case 'subheading':
      return paragraph('Heading2', run(block.text));
    case 'text':
      return paragraph('Text', (block.label ? run(`${block.label} `, '<w:b/>') : '') + run(block.text));
    case 'item':
      return paragraph('Text', run(block.text));
    case 'code':
      return paragraph('Code', run(block.text));
    case 'table': {
      const { columns, rows } = block;
      const cells = (texts: readonly string[], style: string): string[] =>
        columns.map(({ right }, i) => paragraph(right ? `${style}Right` : style, run(texts[i] ?? '')));
      const titles = columns.map(({ title }) => paragraph('CellHead', run(title)));
      return (
        table(
          columns.map(({ share }) => share),
          [
            tableRow(titles, '<w:cantSplit/><w:tblHeader/>'),
            ...rows.map((row) => tableRow(cells(row, 'Cell'), '<w:cantSplit/>')),
          ],
          true,
        ) + paragraph('After', '')
      );
    }
    default:
      return assertNever(block);
  }
}

const contentTypes =
  `<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>' +
  `<Override PartName="/word/document.xml" ContentType="${WORDPROCESSING}.document.main+xml"/>` +
  ['styles', 'settings', 'header', 'footer']
    .map((name) => `<Override PartName="/word/${name}.xml" ContentType="${WORDPROCESSING}.${name}+xml"/>`)
    .join('') +
  '</Types>';

const relations = (...all: readonly (readonly [type: string, target: string])[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${all
    .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const coreProperties = ({ kind, subject, language, at }: MinutesDocument): string =>
  `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
  'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
  `<dc:title>${xmlText(`${kind}: ${subject}`)}</dc:title><dc:language>${language}</dc:language>` +
  `<dcterms:created xsi:type="dcterms:W3CDTF">${at.slice(0, 19)}Z</dcterms:created></cp:coreProperties>`;

/** As Word of today lays it out, not as one of 2007. */
const settings =
  `<w:settings xmlns:w="${WORD}"><w:compat><w:compatSetting w:name="compatibilityMode" ` +
  'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>';

/** From the second page on: its number, above and in the middle. */
const header =
  `<w:hdr xmlns:w="${WORD}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>` +
  '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>' +
  '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>';

/** Sizes in half points, distances in twentieths of one. */
function styles({ language }: MinutesDocument): string {
  const style = (id: string, name: string, paragraphs: string, letters: string, more = ''): string =>
    `<w:style w:type="paragraph" w:styleId="${id}"${id === 'Normal' ? ' w:default="1"' : ''}><w:name w:val="${name}"/>` +
    `${id === 'Normal' ? '' : '<w:basedOn w:val="Normal"/>'}${more}<w:qFormat/>` +
    `<w:pPr>${paragraphs}</w:pPr><w:rPr>${letters}</w:rPr></w:style>`;
  const size = (half: number): string => `<w:sz w:val="${half}"/><w:szCs w:val="${half}"/>`;
  const side = (where: string): string => `<w:jc w:val="${where}"/>`;
  const spaced = (before: number, after: number): string => `<w:spacing w:before="${before}" w:after="${after}"/>`;
  const keep = '<w:keepNext/>';
  const rule = (indent: number): string =>
    '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>' +
    `<w:spacing w:before="90" w:after="0" w:line="120" w:lineRule="exact"/><w:ind w:left="${indent}" w:right="${indent}"/>`;
  return (
    `<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr>` +
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>' +
    `${size(26)}<w:lang w:val="${language === 'vi' ? 'vi-VN' : 'en-GB'}"/></w:rPr></w:rPrDefault></w:docDefaults>` +
    style('Normal', 'Normal', '', '') +
    style('Text', 'Body Text', `${spaced(60, 60)}<w:ind w:firstLine="567"/>${side('both')}`, size(26)) +
    style('Title', 'Title', `${keep}${spaced(240, 0)}${side('center')}`, `<w:b/>${size(28)}`) +
    style('Subtitle', 'Subtitle', `${keep}${spaced(60, 60)}${side('center')}`, `<w:b/>${size(28)}`) +
    style('Heading1', 'heading 1', `${keep}${spaced(200, 60)}<w:outlineLvl w:val="0"/>`, `<w:b/>${size(26)}`) +
    style('Heading2', 'heading 2', `${keep}${spaced(120, 60)}<w:outlineLvl w:val="1"/>`, `<w:b/>${size(26)}`) +
    style('Head', 'Letterhead', side('center'), size(26)) +
    style('HeadBold', 'Letterhead bold', side('center'), `<w:b/>${size(25)}`) +
    style('HeadItalic', 'Letterhead italic', side('center'), `<w:i/>${size(26)}`) +
    style('Motto', 'Motto', side('center'), `<w:b/>${size(27)}`) +
    style('Rule', 'Rule', rule(1000), size(8)) +
    style('RuleBelow', 'Rule below the title', rule(3300), size(8)) +
    style('Mark', 'Mark', `${spaced(160, 0)}${side('center')}`, `<w:b/><w:i/>${size(24)}`) +
    style('Cell', 'Table Text', spaced(30, 30), size(22)) +
    style('CellRight', 'Table Number', `${spaced(30, 30)}${side('right')}`, size(22)) +
    style('CellHead', 'Table Heading', `${keep}${spaced(30, 30)}${side('center')}`, `<w:b/>${size(22)}`) +
    style('After', 'After Table', '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>', size(8)) +
    style(
      'Code',
      'Digits',
      `${spaced(0, 0)}<w:ind w:left="567"/>`,
      `<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>${size(19)}<w:lang w:val="zxx"/>`,
    ) +
    style('Recipients', 'Recipients', '', size(22)) +
    style('Header', 'header', side('center'), size(26)) +
    style('Footer', 'footer', side('center'), `<w:color w:val="555555"/>${size(16)}`) +
    '</w:styles>'
  );
}
