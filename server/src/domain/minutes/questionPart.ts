import { countQuestions } from '../question/countQuestions.ts';
import { isAnswered, type QuestionFacts } from '../question/facts.ts';
import type { AskedQuestion } from '../question/ports.ts';
import type { Block } from './document.ts';
import { MOST_QUESTIONS } from './limits.ts';
import type { MinutesFacts } from './ports.ts';
import type { Writing } from './writing.ts';

/** What was asked once or by many, and the question whose answer counts. */
interface Matter {
  readonly asked: QuestionFacts;
  readonly others: number;
  readonly counts: QuestionFacts;
}

/** MN12: what was asked in writing and answered, in the order of the answers; the others are counted. */
export function questionBlocks({ questions }: MinutesFacts, to: Writing): Block[] {
  const words = to.words.questions;
  if (questions.length === 0) return [{ kind: 'text', text: words.none }];
  const { asked, air, written, declined, open } = countQuestions(questions);
  const [all, live, paper, not, wait] = [asked, air, written, declined, open].map((n) => to.number(n));
  const matters = answeredMatters(questions);
  const more = matters.length - MOST_QUESTIONS;
  return [
    { kind: 'text', text: words.counts(all ?? '', live ?? '', paper ?? '', not ?? '', wait ?? '') },
    ...matters.slice(0, MOST_QUESTIONS).flatMap((matter, i) => matterBlocks(matter, i + 1, to)),
    ...(more > 0 ? [{ kind: 'text', text: words.more(to.number(more)) } as const] : []),
  ];
}

/** One for each answer. Where the question that counts is of another territory, the first of this one stands for it. */
function answeredMatters(questions: readonly AskedQuestion[]): Matter[] {
  const answered = questions.filter(({ counts }) => isAnswered(counts));
  const matters = [...Map.groupBy(answered, ({ counts }) => counts.id).values()].flatMap((group): Matter[] => {
    const [first] = group;
    if (!first) return [];
    const own = group.find(({ facts, counts }) => facts.id === counts.id) ?? first;
    return [{ asked: own.facts, others: group.length - 1, counts: own.counts }];
  });
  const at = ({ counts: { air, written } }: Matter): number => (air ?? written)?.at.getTime() ?? 0;
  return matters.sort((a, b) => at(a) - at(b));
}

function matterBlocks({ asked, others, counts: { air, written } }: Matter, nr: number, to: Writing): Block[] {
  const words = to.words.questions;
  const { path, person, askedAt, text } = asked;
  const who = to.speaker({ role: 'seat', path, name: to.name(path), person });
  const blocks: Block[] = [
    {
      ...{ kind: 'text', label: words.nr(to.number(nr)) },
      text: words.asked(
        who,
        to.clock(askedAt.toISOString()),
        oneLine(text),
        others > 0 ? to.number(others) : undefined,
      ),
    },
  ];
  if (air) blocks.push({ kind: 'text', label: words.air, text: words.airAt(to.clock(air.at.toISOString()), air.by) });
  if (written) {
    const [first = '', ...rest] = written.words.split(/\s*\n\s*/);
    blocks.push({ kind: 'text', label: words.written, text: first });
    for (const line of rest) blocks.push({ kind: 'text', text: line });
    blocks.push({ kind: 'text', text: words.writtenBy(written.by, to.date(written.at.toISOString())) });
  }
  return blocks;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
