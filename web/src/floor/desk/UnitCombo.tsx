// biome-ignore-all lint/a11y/useSemanticElements: a list of hits with two lines each is no <select>
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the field has the focus and the keys (ARIA APG, combobox)
// biome-ignore-all lint/a11y/useFocusableInteractive: likewise; `aria-activedescendant` says which option it is
import { Search } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { CallHit } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { floorDeskWords } from '../words/desk.vi.ts';
import { HitLine } from './HitLine.tsx';
import { chanceOf } from './hitState.ts';
import type { useCallHits } from './useCallHits.ts';

/** Below the field, in pixels: three hits. */
const LEAST_ROOM = 220;

interface UnitComboProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly found: ReturnType<typeof useCallHits>;
  readonly onChoose: (hit: CallHit) => void;
}

/**
 * A field with the units that fit, as ARIA's combobox: the field keeps the focus, arrows go through the list, Enter
 * takes the one that is marked or the first that can be taken, Escape closes. Which can't be taken say why.
 */
export function UnitCombo({ input, text, onText, found, onChoose }: UnitComboProps) {
  const { t, number } = useText(floorDeskWords);
  const { floor } = useChannel();
  const announce = useAnnounce();
  const id = useId();
  const [closed, setClosed] = useState(false);
  const [at, setAt] = useState(-1);
  const { hits, total, phase } = found;
  const open = !closed && phase !== 'idle';
  const may = (hit: CallHit): boolean => ['now', 'absent'].includes(chanceOf(hit, floor));
  const marked = hits[at];
  const optionId = (hit: CallHit): string => `${id}-${hit.code}`;
  const said = { idle: '', searching: t.searching, empty: t.searchNone, failed: t.searchFailed, found: '' }[phase];

  // A new answer begins without a mark.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the hits are what is new
  useEffect(() => setAt(-1), [hits]);
  useEffect(() => {
    if (at >= 0) document.querySelector('[role="option"][aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  useEffect(() => {
    if (phase === 'found') announce(t.found(number(total)));
    else if (phase === 'empty' || phase === 'failed') announce(said);
  }, [phase, total, said, announce, t, number]);

  const choose = (hit: CallHit): void => {
    if (may(hit)) {
      setClosed(true);
      onChoose(hit);
    } else announce(t.hit[chanceOf(hit, floor) === 'busy' ? 'busy' : 'outside'], 'assertive');
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length > 0) {
      event.preventDefault();
      setClosed(false);
      const next = open ? at + step : step > 0 ? 0 : hits.length - 1;
      setAt((next + hits.length) % hits.length);
    } else if (event.key === 'Enter' && open && phase === 'found') {
      event.preventDefault();
      const hit = marked ?? hits.find(may);
      if (hit) choose(hit);
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      event.stopPropagation();
      if (open) setClosed(true);
      else onText('');
    }
  };

  return (
    <div className="unit-combo">
      <label htmlFor={id}>{t.search}</label>
      <div className="search-box">
        <Search size={18} aria-hidden />
        <input
          ref={input}
          id={id}
          className="input"
          type="text"
          role="combobox"
          autoComplete="off"
          spellCheck={false}
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={open ? `${id}-list` : undefined}
          aria-activedescendant={open && marked ? optionId(marked) : undefined}
          placeholder={t.searchHint}
          value={text}
          onChange={(event) => {
            setClosed(false);
            onText(event.target.value);
          }}
          onKeyDown={onKey}
          onBlur={() => setClosed(true)}
        />
        <kbd aria-hidden>/</kbd>
      </div>
      {open && (
        <Below anchor={input}>
          <div id={`${id}-list`} role="listbox" aria-label={t.hits}>
            {hits.map((hit, i) => (
              <div
                key={hit.code}
                id={optionId(hit)}
                role="option"
                aria-selected={i === at}
                aria-disabled={!may(hit)}
                className="hit"
                // The field keeps the focus.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(hit)}
              >
                <strong>{hit.name}</strong>
                <span className="soft">{hit.within}</span>
                <HitLine hit={hit} />
              </div>
            ))}
          </div>
          {said && <p className="hits-note">{said}</p>}
          {phase === 'found' && total > hits.length && (
            <p className="hits-note">{t.more(number(total - hits.length))}</p>
          )}
        </Below>
      )}
    </div>
  );
}

/** In the browser's top layer, so that no column clips it: below the field, and as wide. */
function Below({ anchor, children }: { anchor: RefObject<HTMLElement | null>; children: React.ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number; width: number; maxHeight: number }>();
  useLayoutEffect(() => {
    ref.current?.showPopover();
    // What a telephone's keyboard leaves of the window.
    const seen = window.visualViewport;
    const put = (): void => {
      const rect = anchor.current?.getBoundingClientRect();
      if (!rect) return;
      const top = rect.bottom + 4;
      setPlace({ left: rect.left, top, width: rect.width, maxHeight: (seen?.height ?? window.innerHeight) - top - 8 });
    };
    const { bottom = 0 } = anchor.current?.getBoundingClientRect() ?? {};
    if ((seen?.height ?? window.innerHeight) - bottom < LEAST_ROOM)
      anchor.current?.closest('.unit-combo')?.scrollIntoView({ block: 'start' });
    put();
    seen?.addEventListener('resize', put);
    window.addEventListener('resize', put);
    window.addEventListener('scroll', put, true);
    return () => {
      seen?.removeEventListener('resize', put);
      window.removeEventListener('resize', put);
      window.removeEventListener('scroll', put, true);
    };
  }, [anchor]);
  return (
    <div ref={ref} popover="manual" className="hits" style={place}>
      {children}
    </div>
  );
}
