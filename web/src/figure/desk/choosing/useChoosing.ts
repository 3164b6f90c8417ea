import { useMemo, useState } from 'react';
import {
  codeOf,
  type FigureFrame,
  type FigureSelection,
  type Indicator,
  type SelectedUnit,
} from '../../../api/contract.ts';
import { useChannel } from '../../../session/BriefingContext.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { selectionApi } from '../../selectionApi.ts';
import { chosenIn, firstRule, type RuleDraft, ruleOf } from './rule.ts';

/** A selection that was frozen, with the units that its maker reads of it, the worst first. */
export interface Frozen {
  readonly selection: FigureSelection;
  readonly units: readonly SelectedUnit[];
}

/** Units of a frame that are being chosen, until they are frozen. */
export function useChoosing(indicator: Indicator, frame: FigureFrame | undefined, place: string) {
  const { api } = useOffice();
  const { briefing } = useChannel();
  const [isOpen, setOpen] = useState(false);
  const [draft, setDraft] = useState<RuleDraft>(() => firstRule(indicator));
  const [except, setExcept] = useState<ReadonlySet<string>>(new Set());
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({ busy: false });
  const rule = ruleOf(draft, indicator.scale);
  const chosen = useMemo(
    () => (isOpen && frame ? chosenIn(frame, ruleOf(draft, indicator.scale), place, except) : new Set<string>()),
    [isOpen, frame, draft, indicator.scale, place, except],
  );
  /** Another choice is another selection. */
  const anew =
    <T>(set: (value: T) => void) =>
    (value: T): void => {
      setKey(crypto.randomUUID());
      set(value);
    };
  return {
    ...{ isOpen, draft, chosen, except, state },
    canFreeze: rule !== undefined && chosen.size > 0 && !state.busy,
    turn: () => setOpen((before) => !before),
    change: anew((part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }))),
    takeOut: anew((path: string) => setExcept((before) => new Set([...before, path]))),
    takeIn: anew((path: string) => setExcept((before) => new Set([...before].filter((one) => one !== path)))),
    /** What the page saw is asked for by its N; the server says who that is. */
    freeze: async (): Promise<Frozen | undefined> => {
      if (!frame || !rule) return undefined;
      const { period, n } = frame;
      setState({ busy: true });
      try {
        const ask = { key, indicator: indicator.code, period, n, root: codeOf(place), rule, briefing: briefing.id };
        const { id } = await selectionApi.freeze(api, { ...ask, except: [...except].map(codeOf) });
        const frozen = await selectionApi.read(api, id);
        setState({ busy: false });
        setKey(crypto.randomUUID());
        setExcept(new Set());
        setOpen(false);
        return frozen;
      } catch (error) {
        setState({ busy: false, error });
        return undefined;
      }
    },
  };
}

export type ChoosingState = ReturnType<typeof useChoosing>;
