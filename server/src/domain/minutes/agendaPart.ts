import type { AgendaItem } from '../../protocol/briefing.ts';
import type { Block } from './document.ts';
import { itemsNotRun } from './itemTimes.ts';
import type { MinutesFacts } from './ports.ts';
import type { Writing } from './writing.ts';

const right = true;

/** MN11: the agenda as it ran; where nobody marked what runs, as it was planned. */
export function agendaBlocks({ briefing: { agenda }, items }: MinutesFacts, to: Writing): Block[] {
  const { words } = to;
  const said = ({ title, by, minutes }: AgendaItem): string => words.agendaItem(title, by, minutes);
  const listed = (some: readonly AgendaItem[], numbered: boolean): Block[] =>
    some.map((one, i) => ({ kind: 'item', text: `${numbered ? `${i + 1}.` : '-'} ${said(one)}` }));
  if (items.length === 0) return listed(agenda, true);
  const others = itemsNotRun(agenda, items);
  return [
    {
      kind: 'table',
      columns: [
        { title: words.agendaNr, share: 7 },
        { title: words.agendaTitle, share: 47 },
        { title: words.from, share: 13, right },
        { title: words.to, share: 13, right },
        { title: words.lasted, share: 20, right },
      ],
      rows: items.map(({ item, from, to: till, seconds }) => [
        ...[String(item.nr), said(item), to.clock(from), to.clock(till), to.length(seconds)],
      ]),
    },
    ...(others.length > 0 ? [{ kind: 'text', text: words.agendaOthers } as const] : []),
    ...listed(others, false),
  ];
}
