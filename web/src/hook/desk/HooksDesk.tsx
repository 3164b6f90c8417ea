import { useCallback, useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { usePolled } from '../../ui/usePolled.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { hookApi } from '../hookApi.ts';
import { hooksWords } from '../words/hooks.vi.ts';
import { HookCard } from './HookCard.tsx';
import { HookSecretNote } from './HookSecretNote.tsx';
import { MakeHookForm } from './MakeHookForm.tsx';
import './hooksDesk.css';

const LOOK_MS = 5_000;

/** Which other systems are told of acts, and what could not be delivered to them. (WH11, WH13) */
export default function HooksDesk() {
  const { t } = useText(hooksWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { value, error, reload } = usePolled(
    useCallback(() => hookApi.list(api), [api]),
    LOOK_MS,
  );
  const [secret, setSecret] = useState<string>();
  return (
    <section className="hooks" aria-label={t.title}>
      <h2>{t.title}</h2>
      <p className="soft">{t.about}</p>
      {secret !== undefined && <HookSecretNote secret={secret} onSeen={() => setSecret(undefined)} />}
      <MakeHookForm
        onMade={(made) => {
          setSecret(made);
          reload();
        }}
      />
      {error !== undefined && <p className="stale">{t.failed(sentence(error, problems))}</p>}
      {value === undefined && error === undefined && <p className="soft">{ui.loading}</p>}
      {value?.length === 0 && <p className="soft">{t.none}</p>}
      <ul className="hooks-list">
        {value?.map((hook) => (
          <HookCard key={hook.id} hook={hook} onChanged={reload} onSecret={setSecret} />
        ))}
      </ul>
    </section>
  );
}
