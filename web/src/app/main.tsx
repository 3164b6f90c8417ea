import './withoutEval.ts';
// Before the styles of slices, which refine it.
import '../ui/styles/base.css';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { Api } from '../api/Api.ts';
import { codeFragment, passwordFragment } from '../api/contract.ts';
import { loadWords } from '../i18n/words.ts';
import { InstallationProvider } from '../session/InstallationContext.tsx';
import { keptSession } from '../session/keptSession.ts';
import { keptLanguage, PreferencesProvider } from '../session/preferences.tsx';
import { Announcer } from '../ui/Announcer.tsx';
import { lazyRetried } from '../ui/lazyRetried.tsx';
import { sayValidity } from '../ui/sayValidity.ts';
import { ToastProvider } from '../ui/Toasts.tsx';
import { App } from './App.tsx';
import { Boundary } from './Boundary.tsx';
import { DemoSign } from './DemoSign.tsx';
import { takeLinkSecret } from './linkSecret.ts';
import { RecordSign } from './RecordSign.tsx';

// For few, and once.
const SetPassword = lazyRetried(() => import('./SetPassword.tsx'));
const WallApp = lazyRetried(async () => ({ default: (await import('./WallApp.tsx')).WallApp }));
// On the first page of a demo alone.
const Roles = lazyRetried(() => import('./Roles.tsx'));
const ProgrammeApp = lazyRetried(async () => ({ default: (await import('./ProgrammeApp.tsx')).ProgrammeApp }));

// Before anything else: the secret leaves the address bar and the history.
const secret = takeLinkSecret(window.location, window.history);
const slip = takeLinkSecret(window.location, window.history, codeFragment);
const passwordSecret = takeLinkSecret(window.location, window.history, passwordFragment);
// A link that is opened in a window which is here already, as of an installed page, changes nothing but the fragment.
window.addEventListener('hashchange', () => {
  if (/^#[clp]=/.test(window.location.hash)) window.location.reload();
});
// Without its words the page begins in Vietnamese.
await loadWords(keptLanguage()).catch(() => undefined);
sayValidity(document, keptLanguage);
const api = new Api();
// A screen in a hall, which nobody signs in to.
const { pathname, hostname } = window.location;
const Screen = { '/programme': ProgrammeApp, '/wall': WallApp }[pathname];
/** DC7: a demo is on this machine alone, and whoever is here as somebody already stays so. */
const isFirstPage =
  pathname === '/' &&
  /^(127\.0\.0\.1|\[::1\]|(.+\.)?localhost)$/.test(hostname) &&
  (secret ?? slip ?? keptSession()) == null;
const app = <App api={api} secret={secret} slip={slip} />;
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <PreferencesProvider>
        <InstallationProvider api={api}>
          {Screen ? (
            <>
              <DemoSign corner />
              <RecordSign api={api} corner />
              <Announcer>
                <Suspense fallback={null}>
                  <Screen api={api} />
                </Suspense>
              </Announcer>
            </>
          ) : (
            <>
              <DemoSign />
              <RecordSign api={api} />
              <Boundary>
                <Announcer>
                  <ToastProvider>
                    {passwordSecret !== undefined ? (
                      <Suspense fallback={null}>
                        <SetPassword api={api} secret={passwordSecret} />
                      </Suspense>
                    ) : isFirstPage ? (
                      <Suspense fallback={null}>
                        <Roles api={api}>{app}</Roles>
                      </Suspense>
                    ) : (
                      app
                    )}
                  </ToastProvider>
                </Announcer>
              </Boundary>
            </>
          )}
        </InstallationProvider>
      </PreferencesProvider>
    </StrictMode>,
  );
