import { issuerOf } from '../../protocol/issuerOf.ts';
import { codeOf } from '../../protocol/organisation.ts';
import { inLine } from '../../protocol/placeName.ts';
import { isInChair, isOfficial } from '../shared/whoSeesWhom.ts';
import { agendaBlocks } from './agendaPart.ts';
import { attendanceAnnex, attendanceBlocks } from './attendancePart.ts';
import { changeBlocks, courseBlocks, directiveBlocks } from './coursePart.ts';
import type { Block, MinutesDocument } from './document.ts';
import type { MinutesFacts } from './ports.ts';
import type { UnitSession } from './sessions.ts';
import { OPEN } from './wordsShape.ts';
import { Writing } from './writing.ts';

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI'];
/** Of the digits, on each page. */
const FOOT_DIGITS = 16;

/** MN3, MN6: the paper, from facts of the record and nothing else; the same facts make the same paper. Pure. */
export function buildDocument(facts: MinutesFacts): MinutesDocument {
  const { briefing, extract, session, language, seal } = facts;
  const to = new Writing(facts);
  const { words } = to;
  const begun = session?.times[0]?.from ?? briefing.liveAt ?? briefing.scheduledAt;
  const closed = session?.times.at(-1)?.to ?? briefing.closedAt ?? begun;
  const chairs = chairsOf(facts);
  const [chair] = chairs;
  const sections: readonly (readonly [string, readonly Block[]])[] = [
    [words.agenda, session ? [] : agendaBlocks(facts, to)],
    [words.attendance, attendanceBlocks(facts, to)],
    [words.course, courseBlocks(facts, to)],
    [words.directives, directiveBlocks(facts, to)],
    [words.changes, changeBlocks(facts, to)],
    [words.proof, proofBlocks(facts, to)],
  ];
  const { labels } = words;
  return {
    language,
    at: seal.at,
    issuer: (chair ? issuerOf({ by: chair.name, issuer: stageOf(facts) }) : stageOf(facts).name).toUpperCase(),
    number: words.number,
    nation: words.nation,
    placeAndDate: to.placeAndDate(closed),
    kind: extract ? words.extractKind : words.kind,
    subject: session ? words.session(inLine(session.name), briefing.title) : briefing.title,
    marks: [
      ...(briefing.rehearsal ? [words.rehearsal] : []),
      ...(extract ? [words.extract(inLine(extract.name))] : []),
    ],
    body: [
      { kind: 'text', label: `${labels.begun}:`, text: `${to.moment(begun)}.` },
      ...(session && session.times.length > 1 ? [timesBlock(session.times, to)] : []),
      { kind: 'text', label: `${labels.place}:`, text: words.online },
      {
        ...{ kind: 'text', label: `${labels.chair}:` },
        text: chairs.length > 0 ? `${chairs.map((one) => to.speaker(one)).join('; ')}.` : words.noChair,
      },
      { kind: 'text', label: `${labels.clerk}:`, text: OPEN },
      ...sections
        .filter(([, blocks]) => blocks.length > 0)
        .flatMap(([title, blocks], i): Block[] => [{ kind: 'heading', text: `${ROMAN[i]}. ${title}` }, ...blocks]),
    ],
    closing: words.closed(to.moment(closed)),
    signatures: [
      { title: words.clerk, hint: words.sign, name: null },
      { title: words.chair, hint: words.sign, name: (chairs.length === 1 && chair?.person?.name) || null },
    ],
    recipients: [words.recipients, `- ${OPEN};`, words.archive],
    annex: attendanceAnnex(facts, to),
    foot: [
      ...(briefing.rehearsal ? [words.rehearsal] : []),
      words.foot(to.number(seal.nr), seal.hash.slice(0, FOOT_DIGITS)),
    ].join(' · '),
  };
}

/** TR17: of a session that was held more than once. */
const timesBlock = (times: UnitSession['times'], to: Writing): Block => ({
  ...{ kind: 'text', label: `${to.words.sessionTimes}:` },
  text: `${times.map(({ from, to: till }) => `${to.clock(from)} - ${to.clock(till)}`).join('; ')}.`,
});

/**
 * MN4: principals who were on stage, each once, with the person who was named last. TR17: of a session the officials of
 * its unit.
 */
function chairsOf({ speeches, session }: MinutesFacts) {
  const principals = speeches.filter((one) =>
    session ? one.unit === session.unit && isOfficial(one.role) : isInChair(one),
  );
  return [...Map.groupBy(principals, ({ name }) => name).values()].map((times) => {
    const named = times.findLast(({ person }) => person !== null);
    return named ?? (times[0] as (typeof times)[number]);
  });
}

function stageOf({ briefing: { stage }, session, nameOf }: MinutesFacts) {
  if (session) return { unit: session.unit, path: session.path, name: session.name };
  const unit = codeOf(stage);
  return { unit, path: stage, name: nameOf(unit) };
}

/** MN7: two lines that `audit verify --expect` takes as one. */
function proofBlocks({ seal }: MinutesFacts, to: Writing): Block[] {
  const { words } = to;
  return [
    { kind: 'text', text: words.sealed(to.number(seal.nr), to.moment(seal.at)) },
    { kind: 'code', text: `${seal.chain} ${seal.nr}` },
    { kind: 'code', text: seal.hash },
    { kind: 'text', text: words.check },
  ];
}
