import { LogOut } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useText } from '../i18n/useText.tsx';
import { lazyRetried } from '../ui/lazyRetried.tsx';
import { useOffice } from './OfficeContext.tsx';
import { sessionWords } from './words/session.vi.ts';

const SignOutSheet = lazyRetried(() => import('./SignOutSheet.tsx'));

/** Leaves this computer to the next one who uses it; what is kept there is asked for first. */
export function SignOut() {
  const { t } = useText(sessionWords);
  const { leave, session } = useOffice();
  const [asking, setAsking] = useState(false);
  if (!leave) return null;
  return (
    <>
      <button
        type="button"
        className="button quiet icon"
        aria-label={t.signOut}
        title={t.signOut}
        onClick={() => setAsking(true)}
      >
        <LogOut size={20} aria-hidden />
      </button>
      {asking && (
        <Suspense fallback={null}>
          <SignOutSheet account={session.account.id} leave={leave} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
