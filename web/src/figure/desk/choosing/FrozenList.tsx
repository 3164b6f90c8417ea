import { ClipboardCheck, Phone, Send, X } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Attachment } from '../../../api/contract.ts';
import { outcomeOf } from '../../../floor/desk/CallOutcome.tsx';
import { readCalls } from '../../../floor/desk/callRequests.ts';
import { useReach } from '../../../floor/desk/Reach.tsx';
import { floorWords } from '../../../floor/words/floor.vi.ts';
import { useText } from '../../../i18n/useText.tsx';
import { useChannel } from '../../../session/BriefingContext.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { sentence } from '../../../session/sentence.ts';
import { useAct } from '../../../session/useAct.ts';
import { problemWords } from '../../../session/words/problem.vi.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { usePolled } from '../../../ui/usePolled.ts';
import { AnswersFor } from '../../contact/AnswersFor.tsx';
import { selectionApi } from '../../selectionApi.ts';
import { useSelectionText } from '../../useSelectionText.ts';
import { choosingWords } from '../../words/choosing.vi.ts';
import { FileButton } from '../FileButton.tsx';
import type { Frozen } from './useChoosing.ts';

/** A directive that is to be addressed to a selection, with its list. */
export interface ChosenAddressees {
  readonly id: string;
  /** What it is, in words. */
  readonly name: string;
  readonly table: Attachment;
}

/** FG67: a round that is to ask a selection. */
export interface ChosenToAsk {
  readonly selection: string;
  /** What it is, in words. */
  readonly name: string;
  /** Paths. */
  readonly units: readonly string[];
}

interface FrozenListProps {
  readonly frozen: Frozen;
  /** It was frozen a moment ago, by a button that is there no more. */
  readonly isNew: boolean;
  readonly onChoose: (path: string) => void;
  readonly onDirect: (to: ChosenAddressees) => void;
  /** undefined: this page opens no rounds. */
  readonly onAsk: ((whom: ChosenToAsk) => void) | undefined;
  readonly onDrop: () => void;
}
/** Lines that are shown; the file has all of them. */
const SHOWN = 60;

/** Units that were chosen, the worst first: called one after the other, or given a directive together. */
export function FrozenList(props: FrozenListProps) {
  const { frozen, isNew, onChoose, onDirect, onAsk, onDrop } = props;
  const { selection, units } = frozen;
  const { t, number, language } = useText(choosingWords);
  const { t: floorText } = useText(floorWords);
  const { t: problems } = useText(problemWords);
  const text = useSelectionText(selection.indicator);
  const { api } = useOffice();
  const { briefing, floor, callNews } = useChannel();
  const { run } = useAct();
  const reach = useReach();
  const [tried, setTried] = useState<ReadonlySet<string>>(new Set());
  const [calling, setCalling] = useState(false);
  const [preparing, setPreparing] = useState<{ readonly busy: boolean; readonly error?: unknown }>({ busy: false });
  const heading = useRef<HTMLParagraphElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useEffect(() => {
    if (isNew && document.activeElement === document.body) heading.current?.focus();
  }, []);
  const { value: calls = [], reload } = usePolled(useCallback(() => readCalls(api, briefing.id), [api, briefing.id]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a call that began or ended is news of the list
  useEffect(() => reload(), [callNews, floor.calls.length, reload]);
  // The newest first: of each unit the last one stands.
  const called = new Map(
    calls.toReversed().map((call) => [call.unit, call.selection === selection.id ? call : undefined]),
  );
  const running = floor.calls[0];
  const isOurs = running?.selection === selection.id;
  const next = units.find(({ unit }) => !tried.has(unit) && !called.get(unit) && running?.unit !== unit);
  const callNext = async (): Promise<void> => {
    if (!next || calling) return;
    setCalling(true);
    try {
      // One that goes on is not called over, and whose turn it was stays next.
      const end = running?.state === 'ringing' ? 'call.cancel' : 'call.end';
      if (running && isOurs && !(await run(end, { call: running.id }))) return;
      setTried((before) => new Set([...before, next.unit]));
      await reach.call(next.unit, next.name, selection.id);
    } finally {
      setCalling(false);
    }
  };
  /** Whom the call is with, or who is next. */
  const about = running && isOurs ? running.unit : next?.unit;
  const nameOf = (code: string): string => units.find(({ unit }) => unit === code)?.name ?? code;
  const direct = async (): Promise<void> => {
    setPreparing({ busy: true });
    reach.close();
    try {
      const table = await selectionApi.attach(api, selection.id, language);
      setPreparing({ busy: false });
      onDirect({ id: selection.id, name: text.chosen(selection), table });
    } catch (error) {
      setPreparing({ busy: false, error });
    }
  };
  return (
    <section className="figure-choosing" aria-label={t.frozen(number(selection.units))}>
      <p ref={heading} tabIndex={-1} role="status">
        <strong>{t.frozen(number(selection.units))}</strong>
        <span className="soft"> {text.chosen(selection)}</span>
      </p>
      {next ? (
        <button
          type="button"
          className="button go"
          disabled={running !== undefined && !isOurs}
          // It keeps the focus: who calls one after the other presses it again.
          aria-disabled={calling}
          title={running && !isOurs ? t.otherCall : undefined}
          onClick={() => void callNext()}
        >
          <Phone size={18} aria-hidden />
          <span className="clip">
            {running && isOurs ? t.callNext(running.unitName, next.name) : t.call(next.name)}
          </span>
        </button>
      ) : (
        <p className="soft">{t.listThrough}</p>
      )}
      {about && (
        <AnswersFor key={about} indicator={selection.indicator.code} unit={about} title={t.answers(nameOf(about))} />
      )}
      <button type="button" className="button primary" disabled={preparing.busy} onClick={() => void direct()}>
        <Send size={18} aria-hidden />
        {preparing.busy ? t.preparing : t.direct(number(selection.units))}
      </button>
      {onAsk && (
        <button
          type="button"
          className="button"
          onClick={() => {
            reach.close();
            onAsk({
              ...{ selection: selection.id, name: text.chosen(selection) },
              units: units.map(({ path }) => path),
            });
          }}
        >
          <ClipboardCheck size={18} aria-hidden />
          {t.ask(number(units.length))}
        </button>
      )}
      <Problem text={preparing.error === undefined ? undefined : sentence(preparing.error, problems)} />
      <ol className="chosen-units">
        {units.slice(0, SHOWN).map((unit) => {
          const call = called.get(unit.unit);
          return (
            <li key={unit.unit}>
              <button type="button" className="extreme-unit" onClick={() => onChoose(unit.path)}>
                <span className="list-name">
                  <span className="clip">{unit.name}</span>
                  {call && <span className="soft clip">{outcomeOf(call, floorText)}</span>}
                </span>
                <span className="num">
                  <strong>{text.value(unit.value)}</strong>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      {units.length > SHOWN && <p className="soft num">{t.more(number(units.length - SHOWN))}</p>}
      <div className="row">
        <FileButton
          path={selectionApi.csv(selection.id, language)}
          name={`${selection.indicator.code}-${selection.n}.csv`}
        >
          {t.csv}
        </FileButton>
        <button type="button" className="button quiet small" onClick={onDrop}>
          <X size={16} aria-hidden />
          {t.drop}
        </button>
      </div>
    </section>
  );
}
