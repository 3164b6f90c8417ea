import type { Installation } from '../api/contract.ts';
import { keptLanguage } from '../session/preferences.tsx';
import { INSTALLATION_KEPT } from '../session/telephone.ts';

const WORKER = '/sw.js';

interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** SW7: the one policy of Trusted Types that the page may have, for one script. */
const policy = (Reflect.get(self, 'trustedTypes') as Factory | undefined)?.createPolicy('dh-shell', {
  createScriptURL: (url) => {
    if (url !== WORKER) throw new TypeError('no script but the one of the shell');
    return url;
  },
});

/** Makes this page one that can be installed, and has the browser hold the shell (SW1). May run again after a sign-out. */
export async function install(installation: Installation): Promise<void> {
  if (!isSecureContext) return;
  keep(installation);
  if (!document.querySelector('link[rel=manifest]')) {
    const link = document.createElement('link');
    link.rel = 'manifest';
    link.href = `/manifest.${keptLanguage()}.webmanifest`;
    document.head.append(link);
  }
  if (!('serviceWorker' in navigator)) return;
  // Where the operator has taken it away it is let go (SW6). Registered once more while it goes, the browser would keep it.
  const { headers } = await fetch(WORKER, { method: 'HEAD', cache: 'no-store', credentials: 'omit' });
  if (headers.get('dh-shell') === 'off') return letGo();
  const worker = policy?.createScriptURL(WORKER) ?? WORKER;
  const registration = await navigator.serviceWorker.register(worker, { updateViaCache: 'none' });
  // Browsers look for another one at their leisure.
  await registration.update();
}

async function letGo(): Promise<void> {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}

/** A sign-out has deleted it, and the page without a line has nobody to ask. */
function keep(installation: Installation): void {
  try {
    localStorage.setItem(INSTALLATION_KEPT, JSON.stringify(installation));
  } catch {
    // A browser that keeps nothing holds no shell either.
  }
}
