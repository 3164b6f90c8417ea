import { useEffect, useState } from 'react';
import { isPassing } from '../../api/ApiError.ts';
import { fullJitter } from '../../lib/jitter.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { type Addressing, issuerApi } from './issuerApi.ts';

export type Preview =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'counting' }
  | { readonly kind: 'counted'; readonly addressees: number; readonly sample: readonly string[] }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Long enough not to count at each of several quick choices. */
const DEBOUNCE_MS = 150;

/** How many units an addressing reaches at this moment, while it is being made. */
export function usePreview(addressing: Addressing | undefined): Preview {
  const { api } = useOffice();
  const asked = addressing && JSON.stringify(addressing);
  const [found, setFound] = useState<{ of?: string; preview: Preview }>({ preview: { kind: 'counting' } });
  useEffect(() => {
    if (!asked) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const count = async (attempt: number): Promise<void> => {
      try {
        const counted = await issuerApi.preview(api, JSON.parse(asked) as Addressing, stop.signal);
        setFound({ of: asked, preview: { kind: 'counted', ...counted } });
      } catch (error) {
        if (stop.signal.aborted) return;
        // With every unit taken out nobody remains, which the server refuses.
        setFound({ of: asked, preview: { kind: 'failed', error } });
        if (isPassing(error)) timer = setTimeout(() => void count(attempt + 1), 500 + fullJitter(attempt));
      }
    };
    timer = setTimeout(() => void count(0), DEBOUNCE_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [api, asked]);
  if (!asked) return { kind: 'nobody' };
  return found.of === asked ? found.preview : { kind: 'counting' };
}
