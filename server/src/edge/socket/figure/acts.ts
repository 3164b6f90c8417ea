import type { FigureActService } from '../../../domain/figure/act/FigureActService.ts';
import type { FigureService } from '../../../domain/figure/FigureService.ts';
import type { figureActSchemas as acts } from '../../../protocol/figure.ts';
import type { figureContestSchemas } from '../../../protocol/figureAct.ts';
import type { ActHandlers } from '../channel/types.ts';
import type { FigureWatches } from './FigureWatches.ts';

export const figureActs = (figures: FigureService, watches: FigureWatches): ActHandlers<keyof typeof acts> => ({
  'figures.watch': ({ account, briefing, seat }, watch) => {
    const answer = figures.watch(account, watch.indicators, watch.root);
    watches.emit('watch', { briefing, identity: seat.identity, watch });
    return answer;
  },
  'figures.series': ({ account }, ask) => figures.series(account, ask, ask.periods),
  'figures.history': ({ account }, ask) => figures.history(account, ask, ask.period),
});

/** FG16: what units do with values of themselves, in a briefing. */
export const figureContests = (acts: FigureActService): ActHandlers<keyof typeof figureContestSchemas> => ({
  'figure.contest': ({ account }, { value, ...ask }) =>
    acts.act(account, { ...ask, act: 'contest', of: { values: [value] } }),
  'figure.withdraw': ({ account }, { value, ...ask }) =>
    acts.act(account, { ...ask, act: 'withdraw', of: { values: [value] } }),
});
