import { Phone, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import type { UnitHits } from '../api/contract.ts';
import { useTools } from '../app/BriefingContext.tsx';
import { useAct } from '../app/useAct.ts';
import { useText } from '../i18n/useText.tsx';

type Hit = UnitHits['units'][number];
/** Long enough not to ask at each letter of a quick typist, short enough not to be felt. */
const DEBOUNCE_MS = 120;

/** One field to find a unit and call it: type, Enter chooses the first that was found or the one that the arrows went to, Enter calls. `/` comes here from anywhere. */
export function UnitSearch({ disabled }: { disabled: boolean }) {
  const { t } = useText();
  const { run, pending } = useAct();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Hit>();
  const { hits, phase } = useHits(chosen ? '' : text);
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

  const choose = (hit: Hit): void => {
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
        <Label>{t.principal.search}</Label>
        <div className="search-box">
          <Search size={18} aria-hidden />
          <Input
            ref={input}
            className="input"
            placeholder={t.principal.searchHint}
            onKeyDown={(event) => {
              const [first] = hits;
              if (event.key !== 'Enter' || phase !== 'found' || !first) return;
              if (!event.currentTarget.getAttribute('aria-activedescendant')) choose(first);
            }}
          />
          <kbd aria-hidden>/</kbd>
        </div>
        <Popover className="popover" offset={4}>
          <ListBox<Hit>
            className="listbox"
            renderEmptyState={() => (
              <p className="empty">{phase === 'empty' ? t.principal.searchNone : t.principal.searching}</p>
            )}
          >
            {(hit) => (
              <ListBoxItem id={hit.code} textValue={labelOf(hit)} className="option">
                <Text slot="label">{hit.name}</Text>
                <Text slot="description" className="soft">
                  {hit.within}
                </Text>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
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
            {t.principal.callUnit(chosen.name)}
            {/* Many communes share a name: where it lies is read before it is called. */}
            <small>{chosen.within}</small>
          </span>
        </button>
      )}
    </div>
  );
}

const labelOf = (hit: Hit): string => (hit.within ? `${hit.name}, ${hit.within}` : hit.name);

function useHits(query: string): { hits: readonly Hit[]; phase: 'idle' | 'searching' | 'found' | 'empty' } {
  const { api } = useTools();
  const [state, setState] = useState<ReturnType<typeof useHits>>({ hits: [], phase: 'idle' });
  useEffect(() => {
    const q = query.trim();
    if (q === '') return setState({ hits: [], phase: 'idle' });
    const stop = new AbortController();
    const timer = setTimeout(() => {
      setState((before) => ({ ...before, phase: 'searching' }));
      api.searchUnits(q, stop.signal).then(
        (hits) => setState({ hits, phase: hits.length > 0 ? 'found' : 'empty' }),
        () => stop.signal.aborted || setState({ hits: [], phase: 'idle' }),
      );
    }, DEBOUNCE_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [query, api]);
  return state;
}
