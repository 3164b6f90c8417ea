import { ArrowLeft } from 'lucide-react';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Briefing, Producers } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { momentOfZoned } from '../../i18n/zone.ts';
import { serverNow } from '../../lib/serverClock.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { FormFoot } from '../../ui/FormFoot.tsx';
import { MomentField } from '../../ui/MomentField.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { whenOf } from '../whenOf.ts';
import { fitWords } from '../words/fit.vi.ts';
import { scheduleWords } from '../words/schedule.vi.ts';
import { AgendaField } from './AgendaField.tsx';
import { FitNote } from './FitNote.tsx';
import { ProducerField } from './ProducerField.tsx';
import { agendaOf, emptyPlan, type Fault, faultsOf, momentOf, type Plan, planOf, scopeOf } from './plan.ts';
import { ScopeField } from './ScopeField.tsx';
import { scheduleApi } from './scheduleApi.ts';

/** Nodes come and go while somebody writes. */
const LOOK_MS = 20_000;

interface BriefingFormProps {
  /** undefined: a new one. */
  readonly briefing?: Briefing;
  readonly producers?: Producers;
  /** What a new one begins with. */
  readonly like?: Plan;
  readonly onSaved: (briefing: Briefing) => void;
  readonly onBack: () => void;
}

/** One page for all that is planned; what is wrong is said in words, with the way to it. */
export function BriefingForm({ briefing, producers = [], like = emptyPlan, onSaved, onBack }: BriefingFormProps) {
  const text = useText(scheduleWords);
  const { t } = text;
  const { t: ui } = useText(uiWords);
  const { t: fits } = useText(fitWords);
  const { t: problems } = useText(problemWords);
  const { session, api } = useOffice();
  const { tell } = useToasts();
  const [plan, setPlan] = useState<Plan>(() => (briefing ? planOf(briefing, producers) : like));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const change = (part: Partial<Plan>): void => setPlan((now) => ({ ...now, ...part }));
  const home = session.account.unit.code;
  const frozen = briefing !== undefined && briefing.state !== 'scheduled';
  const scope = frozen ? undefined : scopeOf(plan, home);
  const asked = scope && JSON.stringify(scope);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same scope is made anew with each key that is pressed
  const loadFit = useMemo(() => scope && (() => scheduleApi.fitScope(api, scope)), [api, asked]);
  const { value: fit } = usePolled(loadFit, LOOK_MS);
  const faults = tried ? faultsOf(plan, briefing, serverNow(), fit) : [];
  const has = (...fields: Fault['field'][]): boolean => faults.some(({ field }) => fields.includes(field));
  const f = t.form;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    setRefused(undefined);
    if (faultsOf(plan, briefing, serverNow(), fit).length > 0) {
      // The first field that is wrong; what is wrong is said by the summary, which is an alert.
      requestAnimationFrame(() =>
        (form.current?.querySelector<HTMLElement>('[aria-invalid]') ?? summary.current)?.focus(),
      );
      return;
    }
    setBusy(true);
    try {
      const shared = {
        ...{ title: plan.title.trim(), scheduledAt: momentOf(plan, briefing), agenda: agendaOf(plan) },
        ...{ producers: plan.producers.map(({ id }) => id), language: plan.language },
        ...(plan.capacityWhy.trim() !== '' && { capacityReason: plan.capacityWhy.trim() }),
      };
      const saved = briefing
        ? await scheduleApi.change(api, briefing.id, {
            ...{ ...shared, epoch: briefing.epoch, reason: plan.why.trim() },
            ...(scope && { scope }),
          })
        : await scheduleApi.create(api, { ...shared, stage: home, scope: scope ?? [home], rehearsal: plan.rehearsal });
      tell({ text: briefing ? f.changed : f.created(saved.title), tone: 'good' });
      onSaved(saved);
    } catch (error) {
      setRefused(sentence(error, problems));
      setBusy(false);
    }
  };

  return (
    <form
      ref={form}
      className="plan"
      aria-label={briefing ? f.change : f.create}
      noValidate
      onSubmit={(event) => void submit(event)}
    >
      <header className="desk-head">
        <button type="button" className="button quiet icon" aria-label={ui.back} onClick={onBack}>
          <ArrowLeft size={20} aria-hidden />
        </button>
        <h2 ref={heading} tabIndex={-1} className="grow">
          {briefing ? f.change : f.create}
        </h2>
      </header>
      {faults.length > 0 && (
        <div ref={summary} id="plan-wrong" className="note bad" role="alert" tabIndex={-1}>
          <div>
            <strong>{f.wrong}</strong>
            <ul className="plan-rows">
              {faults.map((fault) => (
                <li key={`${fault.field}${'nr' in fault ? fault.nr : ''}`}>
                  {'nr' in fault
                    ? f.errors[fault.field](fault.nr)
                    : fault.field === 'capacityWhy'
                      ? fits.whyMissing
                      : f.errors[fault.field]}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <div className="field">
        <label htmlFor="plan-title">{f.name}</label>
        <input
          id="plan-title"
          className="input"
          maxLength={200}
          autoComplete="off"
          aria-invalid={has('title') || undefined}
          value={plan.title}
          onChange={({ target }) => change({ title: target.value })}
        />
      </div>
      <div className="field">
        <span className="label" aria-hidden>
          {f.at}
        </span>
        <MomentField
          label={f.at}
          invalid={has('at', 'past')}
          describedBy="plan-at-hint"
          disabled={briefing?.state === 'live'}
          value={plan.at}
          onChange={(at) => change({ at })}
        />
        <p id="plan-at-hint" className="soft small-text">
          {plan.at && f.atHint(whenOf(new Date(momentOfZoned(plan.at)).toISOString(), text))}
        </p>
      </div>
      <ScopeField plan={plan} before={briefing?.expected} frozen={frozen} wrong={has('scope')} onChange={change} />
      {fit && (
        <FitNote
          fit={fit}
          reason={plan.capacityWhy}
          wrong={has('capacityWhy')}
          onReason={(capacityWhy) => change({ capacityWhy })}
        />
      )}
      <AgendaField
        rows={plan.agenda}
        wrong={new Set(faults.flatMap((fault) => ('nr' in fault ? [fault.nr] : [])))}
        onChange={(agenda) => change({ agenda })}
      />
      <ProducerField chosen={plan.producers} onChange={(chosen) => change({ producers: chosen })} />
      <fieldset>
        <legend>{f.language}</legend>
        <div className="radios">
          {(['vi', 'en'] as const).map((language) => (
            <label key={language} className="radio">
              <input
                type="radio"
                name="language"
                checked={plan.language === language}
                onChange={() => change({ language })}
              />
              {f.languages[language]}
            </label>
          ))}
        </div>
      </fieldset>
      {briefing ? (
        briefing.rehearsal && <p className="note warn">{f.rehearsalKept}</p>
      ) : (
        <label className="choice plan-rehearsal">
          <input
            type="checkbox"
            checked={plan.rehearsal}
            onChange={({ target }) => change({ rehearsal: target.checked })}
          />
          <span>
            <strong>{f.rehearsal}</strong>
            <span className="soft small-text">{f.rehearsalHint}</span>
          </span>
        </label>
      )}
      {briefing && (
        <div className="field">
          <label htmlFor="plan-why">{f.why}</label>
          <input
            id="plan-why"
            className="input"
            maxLength={500}
            aria-invalid={has('why') || undefined}
            aria-describedby="plan-why-hint"
            value={plan.why}
            onChange={({ target }) => change({ why: target.value })}
          />
          <p id="plan-why-hint" className="soft small-text">
            {f.whyHint}
          </p>
        </div>
      )}
      <FormFoot
        at="desk"
        problem={refused}
        submit={briefing ? f.saveChange : f.save}
        disabled={busy}
        onCancel={onBack}
      />
    </form>
  );
}
