import type { FigureState } from '../../api/contract.ts';
import type { FigureDeskWords } from '../words/desk.vi.ts';

/** A number that a round asks for has no code before it is a figure: on its map it goes by this one. */
export const ASKED = 'asked';

/**
 * How values of an indicator stand, in words: of one, and of a group. FG31: a number that is asked and held is in no sum, and
 * no older one stands for it. Pure.
 */
export const stateWordsOf = (
  { code }: { readonly code?: string },
  { state, states, askedHeld }: Pick<FigureDeskWords, 'state' | 'states' | 'askedHeld'>,
): { readonly state: Record<FigureState, string>; readonly states: Record<FigureState, string> } =>
  code === ASKED
    ? { state: { ...state, held: askedHeld.one }, states: { ...states, held: askedHeld.group } }
    : { state, states };
