import { useState } from 'react';
import type { Hook } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { hookApi } from '../hookApi.ts';
import { hooksWords } from '../words/hooks.vi.ts';
import { HookFailureList } from './HookFailureList.tsx';

interface HookCardProps {
  readonly hook: Hook;
  readonly onChanged: () => void;
  readonly onSecret: (secret: string) => void;
}

/** One system that is told: where to, how it stands, and what can be done about it. */
export function HookCard({ hook, onChanged, onSecret }: HookCardProps) {
  const { t, number, moment, date } = useText(hooksWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { tell } = useToasts();
  const [asked, setAsked] = useState<'rotate' | 'remove'>();
  const { id, name, state } = hook;
  const act = async (work: () => Promise<unknown>, done?: string): Promise<void> => {
    try {
      await work();
      if (done !== undefined) tell({ text: done, tone: 'good' });
    } catch (error) {
      tell({ text: sentence(error, problems), tone: 'bad' });
    }
    onChanged();
  };
  const next = state === 'active' ? 'paused' : 'active';
  return (
    <li className="hooks-card" aria-label={name}>
      <div className="hooks-head">
        <strong>{name}</strong>
        <span className={state === 'active' ? 'soft' : 'stale'}>{t.state[state]}</span>
      </div>
      {hook.stopped && <p className="problem">{t.stopped[hook.stopped]}</p>}
      <p className="hooks-url">{hook.url}</p>
      <p className="soft small-text">
        {t.territory(hook.territory.name)} · {hook.events.map((event) => t.events[event]).join(', ')}
      </p>
      <p>{t.counts(number(hook.waiting), number(hook.failed))}</p>
      <p className="soft small-text">
        {hook.lastDelivered ? t.last(moment(hook.lastDelivered)) : t.never} · {t.by(hook.by, date(hook.madeAt))}
      </p>
      {hook.oldUntil && <p className="soft small-text">{t.oldUntil(moment(hook.oldUntil))}</p>}
      <div className="hooks-acts">
        {state === 'active' && (
          <button
            type="button"
            className="button small"
            onClick={() => void act(() => hookApi.test(api, id), t.tested)}
          >
            {t.test}
          </button>
        )}
        <button
          type="button"
          className="button small quiet"
          onClick={() => void act(() => hookApi.setState(api, id, next))}
        >
          {state === 'active' ? t.pause : t.resume}
        </button>
        <button type="button" className="button small quiet" onClick={() => setAsked('rotate')}>
          {t.rotate}
        </button>
        <button type="button" className="button small quiet" onClick={() => setAsked('remove')}>
          {t.remove}
        </button>
      </div>
      <HookFailureList hook={id} />
      {asked && (
        <ConfirmSheet
          title={asked === 'rotate' ? t.rotateTitle(name) : t.removeTitle(name)}
          body={asked === 'rotate' ? t.rotateBody : t.removeBody(number(hook.waiting))}
          confirm={asked === 'rotate' ? t.rotate : t.remove}
          keep={t.keep}
          onConfirm={() =>
            act(async () => {
              if (asked === 'remove') await hookApi.remove(api, id);
              else onSecret((await hookApi.rotate(api, id)).secret);
            })
          }
          onClose={() => setAsked(undefined)}
        />
      )}
    </li>
  );
}
