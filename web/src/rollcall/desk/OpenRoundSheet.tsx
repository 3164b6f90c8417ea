import { type FormEvent, useMemo, useRef, useState } from 'react';
import { type ActAsk, type Answerer, type Proof, type Quorum, within } from '../../api/contract.ts';
import { useText, useWordsIn } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { FormFoot } from '../../ui/FormFoot.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { numberDeskWords } from '../words/numberDesk.vi.ts';
import { AskNumber, type NumberDraft, numberAsk } from './number/AskNumber.tsx';
import { RoundRules } from './RoundRules.tsx';
import { type Scope, ScopeField } from './ScopeField.tsx';
import { expectedIn } from './scope.ts';
import { useLength } from './useLength.ts';
import { useSheetAct } from './useSheetAct.ts';
import './openRoundSheet.css';

const SECONDS = [30, 60, 120, 300, 600] as const;

/** What a round asks for beside question, scope and time. */
export interface Rules {
  readonly repromptSeconds: number | null;
  readonly answerers: readonly Answerer[];
  readonly proof: Proof;
  readonly quorum: Quorum | null;
}
const usualRules: Rules = {
  repromptSeconds: 30,
  answerers: ['chair', 'deputy', 'substitute'],
  proof: 'tap',
  quorum: null,
};

/** FG67: units that were chosen by a figure, whom a round is to ask. */
export interface ChosenToAsk {
  readonly selection: string;
  /** Why these, in words. */
  readonly name: string;
  /** Paths. */
  readonly units: readonly string[];
}

interface OpenRoundSheetProps {
  readonly roster: RosterView | undefined;
  /** Whom it asks, where that is settled. */
  readonly chosen?: ChosenToAsk;
  readonly onOpened: (round: string) => void;
  readonly onClose: () => void;
}

/**
 * One question, whom, how long; the rest is folded away and set as it is usual. The button says how many will be asked.
 */
export function OpenRoundSheet({ roster, chosen, onOpened, onClose }: OpenRoundSheetProps) {
  const { t: r, number, language } = useText(rollcallDeskWords);
  const length = useLength();
  const { session } = useTools();
  const { briefing } = useChannel();
  const { tell } = useToasts();
  const { run, busy, problem } = useSheetAct();
  const { unit } = session.account;
  // A repeat after a lost answer opens nothing twice.
  const key = useRef(crypto.randomUUID());
  const [scope, setScope] = useState<Scope>({ kind: 'all' });
  const [seconds, setSeconds] = useState<number>(60);
  const [rules, setRules] = useState(usualRules);
  const [draft, setDraft] = useState<NumberDraft>();
  // What communes read is in the language of the briefing. As long as nobody has written another question, it follows
  // from the number.
  const said = useWordsIn(rollcallDeskWords, briefing.language);
  const saidOfNumbers = useWordsIn(numberDeskWords, briefing.language);
  const [written, setWritten] = useState<string>();
  const question =
    written ?? (draft?.label && draft.unit ? saidOfNumbers.question(draft.label, draft.unit) : said.questionDefault);

  const asked = useMemo(() => {
    if (chosen) return chosen.units.filter((path) => briefing.scope.some((root) => within(path, root))).length;
    if (!roster) return undefined;
    const codes = scope.kind === 'all' ? [unit.code] : scope.units;
    const paths = codes.flatMap((code) => roster.byCode.get(code)?.path ?? []);
    return expectedIn(roster, paths, briefing.scope);
  }, [roster, chosen, scope, unit.code, briefing.scope]);
  const wanted = draft && numberAsk(draft, language);
  const ready = question.trim() !== '' && asked !== 0 && rules.answerers.length > 0 && (!draft || wanted !== undefined);

  const open = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!ready || busy) return;
    const round = await run('round.open', {
      key: key.current,
      question: question.trim(),
      scope: chosen ? { selection: chosen.selection } : scopeAsk(scope, unit.code),
      seconds,
      ...rules,
      answerers: [...rules.answerers],
      ...(wanted && { number: wanted }),
    });
    if (!round) return;
    tell({ text: r.opened(round.nr, number(round.expected)), tone: 'good' });
    onOpened(round.id);
  };

  return (
    <Sheet title={r.openTitle} className="open-round" onClose={onClose}>
      <form className="stack" onSubmit={(event) => void open(event)}>
        <div className="field">
          <label htmlFor="round-question">{r.question}</label>
          <input
            id="round-question"
            className="input"
            maxLength={300}
            required
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: the sheet was just opened by hand
            autoFocus
            value={question}
            onChange={({ target }) => setWritten(target.value)}
          />
        </div>
        <AskNumber draft={draft} onChange={setDraft} />
        {chosen ? (
          <p className="note num">{r.scopeChosen(number(chosen.units.length), chosen.name)}</p>
        ) : (
          <ScopeField roster={roster} scope={scope} onChange={setScope} />
        )}
        <fieldset>
          <legend className="label">{r.seconds}</legend>
          <div className="choices">
            {SECONDS.map((one) => (
              <label key={one} className="choice">
                <input type="radio" name="seconds" checked={seconds === one} onChange={() => setSeconds(one)} />
                {length(one)}
              </label>
            ))}
          </div>
        </fieldset>
        <RoundRules roster={roster} rules={rules} onChange={setRules} />
        <FormFoot
          problem={problem}
          submit={busy ? r.opening : asked === undefined ? r.open : r.ask(number(asked))}
          disabled={busy || !ready}
          onCancel={onClose}
        />
      </form>
    </Sheet>
  );
}

function scopeAsk(scope: Scope, home: string): ActAsk<'round.open'>['scope'] {
  if (scope.kind === 'list') return { list: scope.name };
  return scope.kind === 'all' ? [home] : [...scope.units];
}
