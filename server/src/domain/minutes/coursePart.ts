import type { Call } from '../../protocol/floor.ts';
import { issuerOf } from '../../protocol/issuerOf.ts';
import type { Round } from '../../protocol/rollcall.ts';
import type { NumberSum } from '../../protocol/rollcallNumber.ts';
import { verdictOf } from '../attendance/AttendanceService.ts';
import type { Block, PaperColumn } from './document.ts';
import { MOST_AWAY, MOST_CHOSEN, MOST_CORRECTIONS } from './limits.ts';
import type { Basis, MinutesFacts, RoundFact } from './ports.ts';
import { questionBlocks } from './questionPart.ts';
import { seenBlocks } from './seenPart.ts';
import { stagedBlocks } from './stagedPart.ts';
import type { Writing } from './writing.ts';

const right = true;
const text = (said: string): Block => ({ kind: 'text', text: said });
/** A table, or a sentence that there is nothing. */
const tableOr = (none: string, columns: readonly PaperColumn[], rows: readonly (readonly string[])[]): Block =>
  rows.length === 0 ? text(none) : { kind: 'table', columns, rows };

/** Who spoke, what units asked, who was called, what they were asked. */
export function courseBlocks(facts: MinutesFacts, to: Writing): Block[] {
  const { words } = to;
  let nr = 0;
  const titled = (title: string): Block => ({ kind: 'subheading', text: `${++nr}. ${title}` });
  return [
    titled(words.speeches),
    ...(facts.speeches.length > 0 ? [text(facts.session ? words.sessionNote : words.speechesNote)] : []),
    tableOr(
      words.none.speeches,
      [
        { title: words.who, share: 52 },
        { title: words.from, share: 14, right },
        { title: words.to, share: 14, right },
        { title: words.lasted, share: 20, right },
      ],
      facts.speeches.map((one) => [...[to.speaker(one), to.clock(one.from), to.clock(one.to)], to.length(one.seconds)]),
    ),
    // Questions are asked of desks, whatever stage is shown.
    ...(facts.session ? [] : [titled(words.questions.title), ...questionBlocks(facts, to)]),
    titled(words.calls),
    tableOr(
      words.none.calls,
      [
        { title: words.at, share: 14 },
        { title: words.unit, share: 50 },
        { title: words.result, share: 36 },
      ],
      facts.calls.map((call) => [
        ...[to.clock(call.ringingAt), to.place(call.path, call.unitName)],
        callResult(call, to),
      ]),
    ),
    ...seenBlocks(
      facts,
      facts.calls.map(({ id, path, unitName }) => ({ subject: id, made: words.callSeen(to.place(path, unitName)) })),
      to,
    ),
    titled(words.rounds),
    roundTable(facts, to),
    ...facts.rounds.flatMap((one) => awayBlocks(one, to)),
    ...facts.rounds.flatMap(({ round, basis }) => basisBlocks(basis, to, words.roundBasis(round.nr), words.moreAsked)),
    ...seenBlocks(
      facts,
      facts.rounds.map(({ round }) => ({ subject: round.id, made: words.roundSeen(round.nr) })),
      to,
    ),
    ...(facts.staged?.acts.length ? [titled(words.staged.title), ...stagedBlocks(facts, to)] : []),
  ];
}

function roundTable({ rounds }: MinutesFacts, to: Writing): Block {
  const { words } = to;
  return tableOr(
    words.none.rounds,
    [
      { title: words.nr, share: 7 },
      { title: words.question, share: 44 },
      { title: words.at, share: 12, right },
      { title: words.asked, share: 10, right },
      { title: words.answered, share: 10, right },
      { title: '%', share: 6, right },
      { title: words.missing, share: 11, right },
    ],
    rounds.map((fact) => {
      const { round, asked, answered, excused, absent, quorum, sum } = fact;
      const detail = detailOf(fact, to);
      return [
        String(round.nr),
        `${round.question} (${round.by}; ${detail}${quorum === undefined ? '' : `; ${words.quorum(quorum)}`})${sumOf(round, sum, to)}`,
        to.clock(round.openedAt),
        to.number(asked),
        to.number(answered),
        to.percent(answered, asked - excused),
        to.number(absent),
      ];
    }),
  );
}

/** How many answered in another way than in time by themselves, and RC25: how many reported absent. */
function detailOf({ round, late, official, excused, unconfirmed, away }: RoundFact, to: Writing): string {
  const { words } = to;
  const unproven = round.proof === 'challenge' && late > 0;
  return [
    unproven ? words.lateUnproven(to.number(late)) : words.late(to.number(late)),
    words.roundDetail(to.number(official), to.number(excused)),
    ...(unconfirmed > 0 ? [words.unconfirmed(to.number(unconfirmed))] : []),
    ...(away.length > 0 ? [words.away(to.number(away.length))] : []),
  ].join('; ');
}

/** RC25: who reported absent, and why. */
function awayBlocks({ round, away }: RoundFact, to: Writing): Block[] {
  if (away.length === 0) return [];
  const { words } = to;
  const left = away.length - MOST_AWAY;
  return [
    text(words.awayIn(round.nr)),
    {
      kind: 'table',
      columns: [
        { title: words.unit, share: 48 },
        { title: words.reason, share: 52 },
      ],
      rows: away.slice(0, MOST_AWAY).map(({ path, name, reason }) => [to.place(path, name), reason]),
    },
    ...(left > 0 ? [text(words.moreAway(to.number(left)))] : []),
  ];
}

/** FG32: a sum is never written without how much of the territory is in it. */
function sumOf({ number }: Round, sum: NumberSum | undefined, to: Writing): string {
  if (!number || !sum) return '';
  const { value, coverage } = sum;
  const said = value === null ? to.words.noSum : `${to.steps(value, number.scale)} ${number.unit}`;
  const given = to.number(coverage.fresh + coverage.late);
  const words = to.words.sum(said, given, to.number(coverage.expected), to.number(coverage.held));
  return `. ${number.label}: ${words}`;
}

export function directiveBlocks(facts: MinutesFacts, to: Writing): Block[] {
  const { words } = to;
  const { directives } = facts;
  const columns = [
    { title: words.directiveNumber, share: 12 },
    { title: words.content, share: 38 },
    { title: words.issuer, share: 23 },
    { title: words.addressees, share: 11, right },
    { title: words.deadline, share: 16, right },
  ];
  const rows = directives.map(({ directive, addressees }) => [
    `${directive.number}/${directive.year}`,
    directive.state === 'issued' ? directive.title : `${directive.title} (${words.ended[directive.state]})`,
    ...[issuerOf(directive), to.number(addressees)],
    directive.deadline === null ? words.noDeadline : to.date(directive.deadline),
  ]);
  return [
    tableOr(words.noDirectives, columns, rows),
    ...directives.flatMap(({ directive: { number, year }, basis }) =>
      basisBlocks(basis, to, words.directiveBasis(`${number}/${year}`), words.moreChosen),
    ),
    ...seenBlocks(
      facts,
      directives.map(({ directive: { id, number, year } }) => ({
        ...{ subject: id, made: words.directiveSeen(`${number}/${year}`) },
      })),
      to,
    ),
  ];
}

/** FG59, FG67: why these units. @param made what was made from them, as a sentence begins */
function basisBlocks(basis: Basis | undefined, to: Writing, made: string, more: (n: string) => string): Block[] {
  if (!basis) return [];
  const { words } = to;
  const { selection, units } = basis;
  const { indicator, n, at } = selection;
  const name = indicator.name[to.language];
  const measure = indicator.unit[to.language];
  const gap = measure === '%' ? '' : ' ';
  const written = (value: number | null): string =>
    value === null ? '–' : `${to.steps(value, indicator.scale)}${gap}${measure}`;
  const left = units.length - MOST_CHOSEN;
  return [
    text(
      words.basis({
        ...{ made, indicator: name, simulated: indicator.simulated },
        ...{ units: to.number(units.length), n: to.number(n), at: to.date(at) },
      }),
    ),
    {
      kind: 'table',
      columns: [
        { title: words.unit, share: 52 },
        { title: words.value, share: 24, right },
        { title: words.upTo, share: 24, right },
      ],
      rows: units
        .slice(0, MOST_CHOSEN)
        .map((unit) => [
          ...[to.place(unit.path, unit.name), written(unit.value)],
          unit.until === null ? '–' : to.date(unit.until),
        ]),
    },
    ...(left > 0 ? [text(more(to.number(left)))] : []),
  ];
}

/** MN6: what stands otherwise than it was measured or first answered. */
export function changeBlocks({ attendance, rounds }: MinutesFacts, to: Writing): Block[] {
  const { words } = to;
  const corrections = attendance.flatMap((row) => (row.correction ? [{ ...row, correction: row.correction }] : []));
  const blocks: Block[] = [];
  if (corrections.length > 0)
    blocks.push(text(words.corrections(to.number(corrections.length))), {
      kind: 'table',
      columns: [
        { title: words.unit, share: 28 },
        { title: words.measured, share: 14 },
        { title: words.corrected, share: 14 },
        { title: words.reason, share: 24 },
        { title: words.by, share: 20 },
      ],
      rows: corrections
        .slice(0, MOST_CORRECTIONS)
        .map((row) => [
          ...[to.place(row.path, row.name), words.verdicts[row.measured], words.verdicts[verdictOf(row)]],
          ...[row.correction.reason, `${row.correction.by}, ${to.date(row.correction.at)}`],
        ]),
    });
  if (corrections.length > MOST_CORRECTIONS)
    blocks.push(text(words.more(to.number(corrections.length - MOST_CORRECTIONS))));
  for (const { round, corrected, resubmitted } of rounds) {
    if (corrected > 0) blocks.push(text(words.roundCorrected(round.nr, to.number(corrected))));
    if (resubmitted > 0) blocks.push(text(words.roundResubmitted(round.nr, to.number(resubmitted))));
  }
  return blocks.length === 0 ? [text(words.noChanges)] : blocks;
}

function callResult({ state, ringingAt, answeredAt, why }: Call, to: Writing): string {
  const { words } = to;
  if (state === 'refused') return words.refused(words.refusals[why ?? ''] ?? why ?? '');
  if (state !== 'accepted' && state !== 'ended') return words.call[state];
  const ms = Date.parse(answeredAt ?? ringingAt) - Date.parse(ringingAt);
  return words.answeredAfter(to.number(Math.round(ms / 100) / 10));
}
