import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { type Installation, installationSchema } from '../api/contract.ts';
import { fullJitter } from '../lib/jitter.ts';
import { INSTALLATION_KEPT } from './telephone.ts';

/** Until the server has said it for the first time in this browser. */
export const unknown: Installation = { demo: false, supportTelephone: null };
const InstallationContext = createContext<Installation>(unknown);

/** What is served here: as it was last time, until the server says so again. */
export function InstallationProvider({ api, children }: { api: Pick<Api, 'installation'>; children: ReactNode }) {
  const [installation, setInstallation] = useState(recall);
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (attempt: number): Promise<void> => {
      try {
        const found = await api.installation();
        if (stopped) return;
        remember(found);
        setInstallation(found);
      } catch {
        if (!stopped) timer = setTimeout(() => void ask(attempt + 1), fullJitter(attempt));
      }
    };
    void ask(0);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [api]);
  return <InstallationContext value={installation}>{children}</InstallationContext>;
}

export const useInstallation = (): Installation => useContext(InstallationContext);

function recall(): Installation {
  try {
    return installationSchema.parse(JSON.parse(localStorage.getItem(INSTALLATION_KEPT) ?? ''));
  } catch {
    return unknown;
  }
}

function remember(installation: Installation): void {
  try {
    localStorage.setItem(INSTALLATION_KEPT, JSON.stringify(installation));
  } catch {
    // A browser that keeps nothing knows it as long as the page is open.
  }
}
