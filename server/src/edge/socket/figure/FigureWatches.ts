import { EventEmitter } from 'node:events';

export interface FigureWatch {
  readonly indicators: readonly string[];
  readonly root: string;
}

/** Who has asked to be told of what, for the notices. */
export class FigureWatches extends EventEmitter<{
  watch: [{ readonly briefing: string; readonly identity: string; readonly watch: FigureWatch }];
}> {}
