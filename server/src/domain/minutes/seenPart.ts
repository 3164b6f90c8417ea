import { countedIn, endBefore, toldAs } from '../../protocol/announced.ts';
import type { Block } from './document.ts';
import type { MinutesFacts, SeenFact } from './ports.ts';
import type { Writing } from './writing.ts';

/** Something that was done, and how its sentence names it. */
interface Done {
  readonly subject: string;
  readonly made: string;
}

/** FG103: what of figures all had before them then; of what was done before the same figures once. */
export function seenBlocks({ seen }: Pick<MinutesFacts, 'seen'>, done: readonly Done[], to: Writing): Block[] {
  const frames = new Map<string, { readonly fact: SeenFact; readonly made: string[] }>();
  for (const { subject, made } of done) {
    const fact = seen?.get(subject);
    if (!fact) continue;
    const frame = frames.get(fact.sha256) ?? { fact, made: [] };
    frames.set(fact.sha256, frame);
    frame.made.push(made);
  }
  return [...frames.values()].map(({ fact, made }) => ({ kind: 'text', text: sentence(fact, made.join('; '), to) }));
}

const sentence = (fact: SeenFact, made: string, to: Writing): string => to.words.seen({ made, ...seenFacts(fact, to) });

/** A figure that all had before them, in writing. */
export function seenFacts({ sha256, picture }: SeenFact, to: Writing) {
  const { indicator, rootName, period, at, value } = picture;
  const measure = indicator.unit[to.language];
  const gap = measure === '%' ? '' : ' ';
  return {
    ...{ sha256, simulated: indicator.simulated, of: `${indicator.name[to.language]}, ${rootName}` },
    value: value === null ? '–' : `${to.steps(value, indicator.scale)}${gap}${measure}`,
    coverage: coverageOf(picture, to),
    ...{ period: to.date(period), at: to.clock(at) },
  };
}

/** FG126, FG128: of how many units it is, or that it was announced, and of which period before. */
function coverageOf({ indicator: { up, every }, value, coverage, period, oldest }: SeenFact['picture'], to: Writing) {
  const { staged: words } = to.words;
  const { expected } = coverage;
  const counted = countedIn(coverage);
  const before = endBefore({ every, period, oldest });
  switch (toldAs({ up, value, counted, expected })) {
    case 'units':
      return words.outOf(`${to.number(counted)}/${to.number(expected)}`);
    case 'announced':
      return before === undefined ? words.announced : words.announcedBefore(to.date(before));
    case 'unannounced':
      return words.unannounced;
  }
}
