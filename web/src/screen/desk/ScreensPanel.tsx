import { Monitor, MonitorX, Unplug } from 'lucide-react';
import { type FormEvent, useCallback, useState } from 'react';
import { ApiError } from '../../api/ApiError.ts';
import {
  LONGEST_PAIRED_HOURS,
  LONGEST_SCREEN_NAME,
  type Screen,
  type WallLayout,
  wallLayoutSchema,
} from '../../api/contract.ts';
import { useFormats, useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { screenApi } from '../screenApi.ts';
import { screenDeskWords } from '../words/desk.vi.ts';
import './screensPanel.css';

const LOOK_MS = 5_000;
/** SN3: how long screens are paired, as people ask for it. */
const HOURS = [2, 4, 8, 12, LONGEST_PAIRED_HOURS];

/** Screens of the own unit: paired by the code that they show, seen, and withdrawn. */
export function ScreensPanel() {
  const { t } = useText(screenDeskWords);
  const { t: problems } = useText(problemWords);
  const { day } = useFormats();
  const { api } = useOffice();
  const { tell } = useToasts();
  const found = usePolled(
    useCallback(() => screenApi.list(api), [api]),
    LOOK_MS,
  );
  const [revoking, setRevoking] = useState<Screen>();
  const screens = found.value ?? [];
  const layOut = async ({ id }: Screen, layout: WallLayout): Promise<void> => {
    await screenApi.layOut(api, id, layout).catch((error) => tell({ text: sentence(error, problems), tone: 'bad' }));
    found.reload();
  };
  return (
    <section className="screens-panel" aria-label={t.title}>
      <p className="soft">{t.body}</p>
      <p className="screens-address">{`${window.location.origin}/programme`}</p>
      <p className="soft">{t.framed}</p>
      <p className="screens-address">{`${window.location.origin}/programme?frame`}</p>
      <p className="soft">{t.wall}</p>
      <p className="screens-address">{`${window.location.origin}/wall`}</p>
      <PairForm onPaired={found.reload} />
      {found.value && screens.length === 0 && <p className="soft">{t.none}</p>}
      <ul className="screens">
        {screens.map((screen) => (
          <li key={screen.id}>
            {screen.here ? <Monitor size={20} aria-hidden /> : <MonitorX size={20} aria-hidden />}
            <span className="screens-name">
              <strong>{screen.name}</strong>
              <span className="soft small-text">
                {screen.here ? t.here : t.away} · {t.since(screen.by, day(screen.until))}
              </span>
            </span>
            <span className="screens-acts">
              <select
                className="input"
                aria-label={t.layout(screen.name)}
                value={screen.layout}
                onChange={({ target }) => void layOut(screen, target.value as WallLayout)}
              >
                {wallLayoutSchema.options.map((layout) => (
                  <option key={layout} value={layout}>
                    {t.layouts[layout]}
                  </option>
                ))}
              </select>
              <button
                type="button"
                className="button quiet icon"
                aria-label={t.revoke(screen.name)}
                title={t.revoke(screen.name)}
                onClick={() => setRevoking(screen)}
              >
                <Unplug size={20} aria-hidden />
              </button>
            </span>
          </li>
        ))}
      </ul>
      {revoking && (
        <ConfirmSheet
          title={t.revokeTitle(revoking.name)}
          body={t.revokeBody}
          confirm={t.revokeConfirm}
          keep={t.keep}
          onConfirm={async () => {
            await screenApi
              .revoke(api, revoking.id)
              .catch((error) => tell({ text: sentence(error, problems), tone: 'bad' }));
            found.reload();
          }}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </section>
  );
}

function PairForm({ onPaired }: { onPaired: () => void }) {
  const { t } = useText(screenDeskWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { tell } = useToasts();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ readonly field: 'code' | 'name'; readonly text: string }>();
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const code = String(data.get('code') ?? '').replace(/\D/g, '');
    const name = String(data.get('name') ?? '').trim();
    if (code.length !== 8) return setProblem({ field: 'code', text: t.codeWrong });
    if (name === '') return setProblem({ field: 'name', text: t.nameMissing });
    setProblem(undefined);
    setBusy(true);
    try {
      const hours = Number(data.get('hours'));
      const layout = wallLayoutSchema.parse(data.get('layout'));
      await screenApi.pair(api, { code, name, hours, layout });
      tell({ text: t.paired(name), tone: 'good' });
      form.reset();
      onPaired();
    } catch (error) {
      const unknown = error instanceof ApiError && error.reason === 'not-found';
      setProblem({ field: 'code', text: unknown ? t.codeUnknown : sentence(error, problems) });
    } finally {
      setBusy(false);
    }
  };
  const wrong = (field: 'code' | 'name') =>
    problem?.field === field ? { 'aria-invalid': true, 'aria-describedby': 'screen-problem' } : {};
  return (
    <form className="screens-form" noValidate onSubmit={(event) => void submit(event)}>
      <div className="field">
        <label htmlFor="screen-code">{t.code}</label>
        <input
          id="screen-code"
          name="code"
          className="input num"
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          {...wrong('code')}
        />
      </div>
      <div className="field">
        <label htmlFor="screen-name">{t.name}</label>
        <input
          id="screen-name"
          name="name"
          className="input"
          autoComplete="off"
          placeholder={t.nameHint}
          maxLength={LONGEST_SCREEN_NAME}
          {...wrong('name')}
        />
      </div>
      <div className="field">
        <label htmlFor="screen-hours">{t.hours}</label>
        <select id="screen-hours" name="hours" className="input" defaultValue={LONGEST_PAIRED_HOURS}>
          {HOURS.map((hours) => (
            <option key={hours} value={hours}>
              {t.hoursOf(hours)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="screen-layout">{t.layoutFirst}</label>
        <select id="screen-layout" name="layout" className="input">
          {wallLayoutSchema.options.map((layout) => (
            <option key={layout} value={layout}>
              {t.layouts[layout]}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="button" disabled={busy}>
        {busy ? t.pairing : t.pair}
      </button>
      {problem && (
        <p id="screen-problem" className="problem" role="alert">
          {problem.text}
        </p>
      )}
    </form>
  );
}
