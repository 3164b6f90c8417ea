import type { z } from 'zod';
import type { observationStatusSchema } from '../../protocol/figure.ts';
import type { FigureSource, Indicator } from '../../protocol/figureDefinition.ts';
import type { UnitCode } from '../../protocol/organisation.ts';

/** What a source said of one cell, as it is kept: it only grows, a change is the next revision (FG7). */
export interface Observation {
  readonly indicator: string;
  /** Start, milliseconds since 1970. */
  readonly period: number;
  readonly unit: UnitCode;
  readonly source: string;
  /** Of this cell and source, from 1. */
  readonly revision: number;
  /** The N of its batch. */
  readonly batch: number;
  /** null: the source says that there is none. */
  readonly value: number | null;
  readonly status: z.infer<typeof observationStatusSchema>;
  /** FG14: recorded, and does not count. */
  readonly held: boolean;
  /** When it was read. */
  readonly seen: number | null;
}

/** All indicators and sources as of one N. */
export interface FigureDefinitions {
  readonly indicators: ReadonlyMap<string, Indicator>;
  readonly sources: ReadonlyMap<string, FigureSource>;
}
