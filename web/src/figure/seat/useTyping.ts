import { useMemo, useState } from 'react';
import type { FigureEntry, FormTask } from '../../api/contract.ts';
import { useFormats } from '../../i18n/useText.tsx';
import { doubtOf, idOf, type Typed, typedOf } from './typed.ts';

interface Line {
  readonly id: string;
  readonly task: FormTask;
  readonly text: string;
  readonly typed: Typed;
  /** It says something that is not on record. */
  readonly isNew: boolean;
  readonly corrects: boolean;
}

/** What stands in the fields of a form, and what of it was asked about. */
export function useTyping(tasks: readonly FormTask[], now: string) {
  const { language, steps } = useFormats();
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  /** By line: the text that was asked about. */
  const [asked, setAsked] = useState<Readonly<Record<string, string>>>({});
  const lines = useMemo(
    () =>
      tasks.map((task): Line => {
        const id = idOf(task);
        const { own, indicator, due } = task;
        const kept = own ? (own.value === null ? '-' : steps(own.value, indicator.scale)) : '';
        const text = texts[id] ?? kept;
        const typed = typedOf(text, task, language);
        const isNew = typed.kind === 'said' && (!own || own.value !== typed.steps);
        const past = due === null || Date.parse(due) <= Date.parse(now);
        return { id, task, text, typed, isNew, corrects: isNew && own !== null && past };
      }),
    [tasks, texts, language, steps, now],
  );
  const doubtful = lines.filter(
    ({ typed, task, isNew }) => isNew && typed.kind === 'said' && doubtOf(task, typed.steps),
  );
  return {
    lines,
    type: (id: string, text: string) => setTexts((before) => ({ ...before, [id]: text })),
    fresh: lines.filter(({ isNew }) => isNew),
    bad: lines.filter(({ typed }) => typed.kind === 'bad'),
    /** Of those that nobody has said yes to. */
    unasked: doubtful.filter(({ id, text }) => asked[id] !== text),
    ask: () => setAsked((before) => ({ ...before, ...Object.fromEntries(doubtful.map(({ id, text }) => [id, text])) })),
    doubtOf: ({ id, task, typed, text, isNew }: Line) =>
      isNew && asked[id] === text && typed.kind === 'said' ? doubtOf(task, typed.steps) : undefined,
  };
}

/** An entry for each source, in the order of the lines. */
export function entriesOf(lines: readonly Line[], reason: string, key: () => string): FigureEntry[] {
  const bySource = Map.groupBy(lines, ({ task }) => task.source);
  return [...bySource].map(([source, said]) => ({
    key: key(),
    source,
    values: said.flatMap(({ task, typed }) =>
      typed.kind === 'said' ? [{ indicator: task.indicator.code, period: task.period, value: typed.decimal }] : [],
    ),
    ...(reason.trim() && said.some(({ corrects }) => corrects) && { reason: reason.trim() }),
  }));
}
