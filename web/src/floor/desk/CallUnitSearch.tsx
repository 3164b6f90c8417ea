import { Phone, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ComboBox, Input, Label } from 'react-aria-components';
import { useText } from '../../i18n/useText.tsx';
import { labelOf, UnitOptions } from '../../organisation/desk/UnitOptions.tsx';
import { type UnitHit, useUnitHits } from '../../organisation/useUnitHits.ts';
import { organisationDeskWords } from '../../organisation/words/desk.vi.ts';
import { useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { floorDeskWords } from '../words/desk.vi.ts';
import './callUnitSearch.css';

/**
 * One field to find a unit and call it: type, Enter chooses the first that was found or the one that the arrows went
 * to, Enter calls. `/` comes here from anywhere.
 */
export function CallUnitSearch({ disabled }: { disabled: boolean }) {
  const { t } = useText(floorDeskWords);
  const { t: units } = useText(organisationDeskWords);
  const { api } = useTools();
  const { run, pending } = useAct();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<UnitHit>();
  const { hits, phase } = useUnitHits(chosen ? '' : text, api);
  const input = useRef<HTMLInputElement>(null);
  const call = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || document.querySelector('dialog[open]')) return;
      if (event.target instanceof HTMLElement && event.target.closest('input, textarea')) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  useEffect(() => {
    if (chosen) call.current?.focus();
  }, [chosen]);

  const choose = (hit: UnitHit): void => {
    setChosen(hit);
    setText(labelOf(hit));
  };
  const start = async (): Promise<void> => {
    if (!chosen) return;
    const started = await run('call.start', { unit: chosen.code });
    if (!started) return;
    setChosen(undefined);
    setText('');
  };

  return (
    <div className="unit-search">
      <ComboBox
        items={hits}
        inputValue={text}
        selectedKey={null}
        menuTrigger="input"
        // Hits come after the letters: the list opens at once, and says that it searches.
        allowsEmptyCollection={!chosen && text.trim() !== ''}
        defaultFilter={() => true}
        onInputChange={(value) => {
          if (chosen && value !== labelOf(chosen)) setChosen(undefined);
          setText(value);
        }}
        onSelectionChange={(key) => {
          const hit = hits.find(({ code }) => code === key);
          if (hit) choose(hit);
        }}
      >
        <Label>{t.search}</Label>
        <div className="search-box">
          <Search size={18} aria-hidden />
          <Input
            ref={input}
            className="input"
            placeholder={t.searchHint}
            onKeyDown={(event) => {
              const [first] = hits;
              if (event.key !== 'Enter' || phase !== 'found' || !first) return;
              if (!event.currentTarget.getAttribute('aria-activedescendant')) choose(first);
            }}
          />
          <kbd aria-hidden>/</kbd>
        </div>
        <UnitOptions label={t.search} empty={phase === 'empty' ? t.searchNone : t.searching} />
      </ComboBox>
      {chosen && (
        <button
          ref={call}
          type="button"
          className="button primary"
          disabled={disabled || pending.has('call.start')}
          onClick={() => void start()}
        >
          <Phone size={18} aria-hidden />
          <span>
            {units.callUnit(chosen.name)}
            {/* Many communes share a name: where it lies is read before it is called. */}
            <small>{chosen.within}</small>
          </span>
        </button>
      )}
    </div>
  );
}
