import type { Block } from './document.ts';
import type { MinutesFacts, StagedActFact } from './ports.ts';
import { seenFacts } from './seenPart.ts';
import type { Writing } from './writing.ts';

/** FG116: when figures came on the stage, what was pointed at there, and when they left it; that nothing is pointed at any more is left out. */
export function stagedBlocks({ staged }: Pick<MinutesFacts, 'staged'>, to: Writing): Block[] {
  if (!staged) return [];
  const { words } = to;
  const told = staged.acts.filter(({ act, mark }) => act !== 'mark' || mark !== null);
  const lines = told.map((one): Block => {
    const into = one.second === null ? undefined : to.length(one.second);
    return { kind: 'item', text: `- ${words.staged.at(to.clock(one.at), into)} ${said(one, to)}` };
  });
  const more: Block[] = staged.more > 0 ? [{ kind: 'text', text: words.staged.more(to.number(staged.more)) }] : [];
  return [...lines, ...more];
}

function said({ act, mark, seen }: StagedActFact, to: Writing): string {
  const { staged: words } = to.words;
  if (act === 'mark' && mark)
    return mark.kind === 'unit' ? words.unit(to.name(mark.unit)) : words.period(to.date(mark.period));
  const facts = seen ? words.seen(seenFacts(seen, to)) : words.unknown;
  return `${act === 'show' ? words.show : words.clear}: ${facts}`;
}
