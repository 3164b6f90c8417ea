import { KeyRound, TriangleAlert } from 'lucide-react';
import { ApiError } from '../api/ApiError.ts';
import { useText } from '../i18n/useText.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { ProblemMessage } from '../session/Support.tsx';
import { sentence } from '../session/sentence.ts';
import { problemWords } from '../session/words/problem.vi.ts';
import { uiWords } from '../ui/words/ui.vi.ts';
import { appWords } from './words/app.vi.ts';

/** The server said no: why, in the person's language, and whom to ask. */
export function Refused({ error }: { error: unknown }) {
  const { t } = useText(appWords);
  const { t: ui } = useText(uiWords);
  const { t: problems } = useText(problemWords);
  const aboutLink = error instanceof ApiError && error.reason.startsWith('link-');
  const aboutUnit = error instanceof ApiError && error.reason === 'unit-ended';
  return (
    <>
      <PageHead name={t.name} line={t.tagline} />
      <ProblemMessage
        icon={aboutLink ? KeyRound : TriangleAlert}
        title={aboutLink ? t.linkFailed : aboutUnit ? t.unitEnded : t.failed}
        body={sentence(error, problems)}
        ring={aboutLink ? t.ringForLink : undefined}
        {...(aboutLink && { next: t.linkNext })}
        detail={
          <details className="folds">
            <summary>{ui.details}</summary>
            {error instanceof ApiError ? `${error.reason}: ${error.detail ?? error.message}` : String(error)}
          </details>
        }
      >
        <button
          type="button"
          className={aboutLink ? 'button' : 'button primary'}
          onClick={() => window.location.reload()}
        >
          {ui.retry}
        </button>
      </ProblemMessage>
    </>
  );
}
