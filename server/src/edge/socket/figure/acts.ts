import type { FigureActService } from '../../../domain/figure/act/FigureActService.ts';
import type { Crossings } from '../../../domain/figure/Crossings.ts';
import type { FigureService } from '../../../domain/figure/FigureService.ts';
import { isRehearsal } from '../../../protocol/briefing.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { figureActSchemas as acts } from '../../../protocol/figure.ts';
import type { figureContestSchemas } from '../../../protocol/figureAct.ts';
import type { ActHandlers } from '../channel/types.ts';
import type { FigureWatches } from './FigureWatches.ts';

export const figureActs = (
  figures: FigureService,
  watches: FigureWatches,
  crossings: Crossings,
): ActHandlers<keyof typeof acts> => ({
  'figures.watch': ({ account, briefing, seat }, watch) => {
    const { watched: indicators, ...answer } = figures.watch(account, watch.indicators, watch.root);
    const watched = { ...watch, indicators };
    watches.emit('watch', { briefing, identity: seat.identity, watch: watched });
    for (const code of indicators) crossings.follow(code);
    return { ...answer, crossed: crossings.since(0, watched) };
  },
  'figures.series': ({ account }, ask) => figures.series(account, ask, ask.periods),
  'figures.history': ({ account }, ask) => figures.history(account, ask, ask.period),
});

/** FG16: what units do with values of themselves, in a briefing. RH3: they are of no briefing, and so never an exercise. */
export const figureContests = (acts: FigureActService): ActHandlers<keyof typeof figureContestSchemas> => ({
  'figure.contest': ({ account, briefing }, { value, ...ask }) => {
    demandOfficial(briefing);
    return acts.act(account, { ...ask, act: 'contest', of: { values: [value] } }, briefing);
  },
  'figure.withdraw': ({ account, briefing }, { value, ...ask }) => {
    demandOfficial(briefing);
    return acts.act(account, { ...ask, act: 'withdraw', of: { values: [value] } });
  },
});

/** @throws DomainError `rehearsal` */
function demandOfficial(briefing: string): void {
  if (isRehearsal(briefing)) throw refuse('rehearsal', 'this is a rehearsal: nothing is done to figures in it');
}
