import { useCallback, useRef } from 'react';
import { useText } from '../../../i18n/useText.tsx';
import { useOffice } from '../../../session/OfficeContext.tsx';
import { usePolled } from '../../../ui/usePolled.ts';
import { uiWords } from '../../../ui/words/ui.vi.ts';
import { ownerWords } from '../../words/owner.vi.ts';
import { AnsweredPart } from './AnsweredPart.tsx';
import { ownerApi } from './ownerApi.ts';
import { SourcesPart } from './SourcesPart.tsx';
import { UploadPart } from './UploadPart.tsx';
import './figureOwner.css';

const LOOK_MS = 30_000;

/** FG39, FG74: for whoever answers for figures: files are handed in here, and told what came of them. */
export default function FiguresDesk() {
  const { t } = useText(ownerWords);
  const { t: ui } = useText(uiWords);
  const { api, session } = useOffice();
  /** Where the list of what is open begins. */
  const from = useRef(0);
  const load = useCallback(async () => {
    const found = await ownerApi.owned(api, from.current);
    from.current = found.openOf?.from ?? 0;
    return found;
  }, [api]);
  const { value: owned, error, reload } = usePolled(load, LOOK_MS);
  if (!owned)
    return (
      <p className={error === undefined ? 'soft' : 'stale'} role="status">
        {error === undefined ? ui.loading : t.failed}
      </p>
    );
  return (
    <div className="figure-owner">
      {error !== undefined && (
        <p className="stale" role="status">
          {t.failed}
        </p>
      )}
      {session.acts.includes('figure.own') && (
        <AnsweredPart
          owned={owned}
          onDone={reload}
          onFrom={(first) => {
            from.current = first;
            reload();
          }}
        />
      )}
      <UploadPart owned={owned} onRecorded={reload} />
      <SourcesPart sources={owned.sources} indicators={owned.indicators} />
    </div>
  );
}
