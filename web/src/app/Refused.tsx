import { KeyRound, TriangleAlert } from 'lucide-react';
import { ApiError } from '../api/ApiError.ts';
import { useText } from '../i18n/useText.tsx';
import { sentence } from '../session/sentence.ts';
import { Message } from '../ui/Message.tsx';

/** The server said no: why, in the person's language, and whom to ask. */
export function Refused({ error }: { error: unknown }) {
  const { t } = useText();
  const aboutLink = error instanceof ApiError && error.reason.startsWith('link-');
  return (
    <Message
      icon={aboutLink ? KeyRound : TriangleAlert}
      title={aboutLink ? t.entry.linkFailed : t.entry.failed}
      body={sentence(error, t)}
      next={aboutLink ? t.entry.noLinkNext : t.app.retry}
      detail={
        <details>
          <summary>{t.app.details}</summary>
          {error instanceof ApiError ? `${error.reason}: ${error.message}` : String(error)}
        </details>
      }
    >
      <button type="button" className="button primary" onClick={() => window.location.reload()}>
        {t.app.retry}
      </button>
    </Message>
  );
}
