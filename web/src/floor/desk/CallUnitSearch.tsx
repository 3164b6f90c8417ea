import { Phone } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CallHit, Indicator } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { labelOf } from '../../organisation/desk/UnitOptions.tsx';
import { organisationDeskWords } from '../../organisation/words/desk.vi.ts';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { figuresNamed } from './figuresNamed.ts';
import { HitLine } from './HitLine.tsx';
import { useReach } from './Reach.tsx';
import { UnitCombo } from './UnitCombo.tsx';
import { useCall } from './useCall.ts';
import { useCallHits } from './useCallHits.ts';
import './callUnitSearch.css';

interface CallUnitSearchProps {
  readonly disabled: boolean;
  /** FG99: what else is found here; left out: units alone. */
  readonly figures?: { readonly all: readonly Indicator[]; readonly open: (code: string) => void } | undefined;
}

/**
 * One field to find a unit and call it: type, Enter chooses the first that was found or the one that the arrows went
 * to, Enter calls. Of one that is not here, what helps is shown instead. `/` comes here from anywhere.
 */
export function CallUnitSearch({ disabled, figures }: CallUnitSearchProps) {
  const { t: units } = useText(organisationDeskWords);
  const { call: ring, pending } = useCall();
  const reach = useReach();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<CallHit>();
  const found = useCallHits(chosen ? '' : text);
  const named = useMemo(() => (chosen ? [] : figuresNamed(figures?.all ?? [], text)), [chosen, figures?.all, text]);
  const input = useRef<HTMLInputElement>(null);
  const call = useRef<HTMLButtonElement>(null);
  useShortcuts({
    '/': () => {
      input.current?.focus();
      input.current?.select();
    },
  });
  useEffect(() => {
    if (chosen) call.current?.focus();
  }, [chosen]);

  const isCalling = chosen !== undefined && pending.has(chosen.code);
  const clear = (): void => {
    setChosen(undefined);
    setText('');
  };
  const choose = (hit: CallHit): void => {
    if (hit.callable === 'now') {
      setChosen(hit);
      setText(labelOf(hit));
    } else {
      clear();
      reach.about(hit.code, hit.name);
    }
  };
  const start = async (): Promise<void> => {
    if (!chosen || isCalling) return;
    const started = await ring(chosen.code, chosen.name);
    if (!started) return;
    clear();
    // It left in between: what helps is there at once.
    if (started.state === 'not-connected') reach.about(chosen.code, chosen.name);
  };

  return (
    <div className="unit-search">
      <UnitCombo
        input={input}
        text={text}
        onText={(value) => {
          setChosen(undefined);
          setText(value);
        }}
        found={found}
        figures={figures && named}
        onChoose={choose}
        onFigure={({ code }) => {
          clear();
          figures?.open(code);
        }}
      />
      {chosen && (
        <button
          ref={call}
          type="button"
          className="button go"
          disabled={disabled}
          // One that can't be pressed any more would lose the focus, and with it whoever wants to call again.
          aria-disabled={isCalling}
          onClick={() => void start()}
        >
          <Phone size={18} aria-hidden />
          <span>
            {units.callUnit(chosen.name)}
            {/* Many communes share a name: where it lies, and what will be seen of it, is read before it is called. */}
            <small>{chosen.within}</small>
            <small>
              <HitLine hit={chosen} />
            </small>
          </span>
        </button>
      )}
    </div>
  );
}
