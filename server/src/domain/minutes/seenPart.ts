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
  const { indicator, rootName, period, at, value, coverage } = picture;
  const { fresh, late, held, contested, expected } = coverage;
  const measure = indicator.unit[to.language];
  const gap = measure === '%' ? '' : ' ';
  return {
    ...{ sha256, simulated: indicator.simulated, of: `${indicator.name[to.language]}, ${rootName}` },
    value: value === null ? '–' : `${to.steps(value, indicator.scale)}${gap}${measure}`,
    coverage: `${to.number(fresh + late + held + contested)}/${to.number(expected)}`,
    ...{ period: to.date(period), at: to.clock(at) },
  };
}
