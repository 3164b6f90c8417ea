import { useMemo, useRef, useState } from 'react';
import {
  codeOf,
  type FigureFrame,
  type FigureSelection,
  type Indicator,
  type SelectedUnit,
} from '../../../api/contract.ts';
import { useFormats } from '../../../i18n/useText.tsx';
import { useChannel } from '../../../session/BriefingContext.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { selectionApi } from '../../selectionApi.ts';
import { chosenIn, firstRule, inLanguage, type RuleDraft, ruleOf } from './rule.ts';

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
  const formats = useFormats();
  const [typed, setTyped] = useState<RuleDraft>(() => firstRule(indicator, formats));
  const [except, setExcept] = useState<ReadonlySet<string>>(new Set());
  /** What was asked for last: the same again, after a lost answer, is the same selection, and all else is another. */
  const asked = useRef({ of: '', key: '' });
  const [state, setState] = useState<{ readonly busy: boolean; readonly error?: unknown }>({ busy: false });
  const { scale } = indicator;
  const draft = useMemo(() => inLanguage(typed, scale, formats), [typed, scale, formats]);
  const { rule, bad } = useMemo(() => ruleOf(draft, scale), [draft, scale]);
  const chosen = useMemo(
    () => (isOpen && frame ? chosenIn(frame, rule, place, except) : new Set<string>()),
    [isOpen, frame, rule, place, except],
  );
  return {
    ...{ isOpen, draft, bad, chosen, except, state },
    canFreeze: rule !== undefined && chosen.size > 0 && !state.busy,
    turn: () => setOpen((before) => !before),
    change: (part: Partial<Pick<RuleDraft, 'is' | 'limit'>>) => setTyped({ ...draft, ...part }),
    takeOut: (path: string) => setExcept((before) => new Set([...before, path])),
    takeIn: (path: string) => setExcept((before) => new Set([...before].filter((one) => one !== path))),
    /** What the page saw is asked for by its N; the server says who that is. */
    freeze: async (): Promise<Frozen | undefined> => {
      if (!frame || !rule) return undefined;
      const { period, n } = frame;
      setState({ busy: true });
      try {
        const about = { indicator: indicator.code, period, n, root: codeOf(place), rule, briefing: briefing.id };
        const ask = { ...about, except: [...except].map(codeOf) };
        const of = JSON.stringify(ask);
        if (asked.current.of !== of) asked.current = { of, key: crypto.randomUUID() };
        const { id } = await selectionApi.freeze(api, { ...ask, key: asked.current.key });
        const frozen = await selectionApi.read(api, id);
        setState({ busy: false });
        asked.current = { of: '', key: '' };
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
