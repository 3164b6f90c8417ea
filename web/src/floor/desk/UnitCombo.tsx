// biome-ignore-all lint/a11y/useSemanticElements: a list of hits with two lines each is no <select>
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the field has the focus and the keys (ARIA APG, combobox)
// biome-ignore-all lint/a11y/useFocusableInteractive: likewise; `aria-activedescendant` says which option it is

import { Map as MapIcon, Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useMemo, useState } from 'react';
import type { CallHit, Indicator } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { KeyMark } from '../../ui/Shortcuts.tsx';
import { floorDeskWords } from '../words/desk.vi.ts';
import { HitLine } from './HitLine.tsx';
import { HitsBelow } from './HitsBelow.tsx';
import { chanceOf } from './hitState.ts';
import type { useCallHits } from './useCallHits.ts';

interface UnitComboProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly found: ReturnType<typeof useCallHits>;
  readonly onChoose: (hit: CallHit) => void;
  /** FG99: those that fit as well; undefined: units alone are found here. */
  readonly figures: readonly Indicator[] | undefined;
  readonly onFigure: (figure: Indicator) => void;
}
type Option = { readonly hit: CallHit; readonly figure?: never } | { readonly hit?: never; readonly figure: Indicator };

/**
 * A field with the units that fit, and the figures below them, as ARIA's combobox: the field keeps the focus, arrows go through the list, Enter
 * takes the one that is marked or the first that can be taken, Escape closes. Which can't be taken say why.
 */
export function UnitCombo({ input, text, onText, found, onChoose, figures, onFigure }: UnitComboProps) {
  const { t, number, language } = useText(floorDeskWords);
  const { floor } = useChannel();
  const announce = useAnnounce();
  const id = useId();
  const [closed, setClosed] = useState(false);
  const [at, setAt] = useState(-1);
  const { hits, total, phase } = found;
  const named = figures ?? NONE;
  const options = useMemo(
    (): readonly Option[] => [...hits.map((hit) => ({ hit })), ...named.map((figure) => ({ figure }))],
    [hits, named],
  );
  const open = !closed && phase !== 'idle';
  const may = (hit: CallHit): boolean => ['now', 'absent'].includes(chanceOf(hit, floor));
  const marked = options[at];
  const optionId = ({ hit, figure }: Option): string => `${id}-${hit ? hit.code : `figure-${figure.code}`}`;
  const said = { idle: '', searching: t.searching, empty: t.searchNone, failed: t.searchFailed, found: '' }[phase];

  // A new answer begins without a mark.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found is what is new
  useEffect(() => setAt(-1), [options]);
  useEffect(() => {
    if (at >= 0) document.querySelector('[role="option"][aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  useEffect(() => {
    if (phase === 'searching' || phase === 'idle') return;
    if (named.length > 0) announce(t.foundBoth(number(total), number(named.length)));
    else announce(phase === 'found' ? t.found(number(total)) : said);
  }, [phase, total, named.length, said, announce, t, number]);

  const choose = ({ hit, figure }: Option): void => {
    if (!hit) {
      setClosed(true);
      onFigure(figure);
    } else if (may(hit)) {
      setClosed(true);
      onChoose(hit);
    } else announce(t.hit[chanceOf(hit, floor) === 'busy' ? 'busy' : 'outside'], 'assertive');
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length > 0) {
      event.preventDefault();
      setClosed(false);
      const next = open ? at + step : step > 0 ? 0 : options.length - 1;
      setAt((next + options.length) % options.length);
    } else if (event.key === 'Enter' && open && phase !== 'searching') {
      event.preventDefault();
      const option = marked ?? options.find(({ hit }) => !hit || may(hit));
      if (option) choose(option);
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      event.stopPropagation();
      if (open) setClosed(true);
      else onText('');
    }
  };

  return (
    <div className="unit-combo">
      <label htmlFor={id}>{figures ? t.searchBoth : t.search}</label>
      <div className="search-box">
        <Search size={18} aria-hidden />
        <input
          ref={input}
          id={id}
          data-way="any"
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
        <KeyMark name="/" />
      </div>
      {open && (
        <HitsBelow anchor={input}>
          <div id={`${id}-list`} role="listbox" aria-label={figures ? t.hitsOfBoth : t.hits}>
            <Group label={named.length > 0 && hits.length > 0 ? t.foundUnits : undefined}>
              {hits.map((hit, i) => (
                <Line
                  key={hit.code}
                  id={optionId({ hit })}
                  isMarked={i === at}
                  may={may(hit)}
                  onPress={() => choose({ hit })}
                >
                  <strong>{hit.name}</strong>
                  <span className="soft">{hit.within}</span>
                  <HitLine hit={hit} />
                </Line>
              ))}
            </Group>
            {named.length > 0 && (
              <Group label={t.foundFigures}>
                {named.map((figure, i) => (
                  <Line
                    key={figure.code}
                    id={optionId({ figure })}
                    isMarked={hits.length + i === at}
                    may
                    onPress={() => choose({ figure })}
                  >
                    <strong>{figure.name[language]}</strong>
                    <span className="hit-line">
                      <MapIcon size={14} aria-hidden />
                      {t.openFigure}
                    </span>
                  </Line>
                ))}
              </Group>
            )}
          </div>
          {said && <p className="hits-note">{said}</p>}
          {phase === 'found' && total > hits.length && (
            <p className="hits-note">{t.more(number(total - hits.length))}</p>
          )}
        </HitsBelow>
      )}
    </div>
  );
}

const NONE: readonly Indicator[] = [];

/** @param label undefined: there is no other group to tell it from */
function Group({ label, children }: { label: string | undefined; children: ReactNode }) {
  const id = useId();
  if (label === undefined) return children;
  return (
    <div role="group" aria-labelledby={id}>
      <p id={id} className="hits-of">
        {label}
      </p>
      {children}
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly isMarked: boolean;
  readonly may: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Line({ id, isMarked, may, onPress, children }: LineProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isMarked}
      aria-disabled={!may}
      className="hit"
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      {children}
    </div>
  );
}
