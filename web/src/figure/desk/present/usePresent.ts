import { useEffect, useMemo, useRef, useState } from 'react';
import { codeOf } from '../../../api/contract.ts';
import { useChannel, useTools } from '../../../session/BriefingContext.tsx';

/** Ticks of presence come four times a second; of a large territory the answer is eighty kilobytes. */
const refreshAfter = (units: number): number => (units > 2_000 ? 10_000 : 2_000);

/** FG98: which of a map's units are in the briefing, read again as people come and go. @param root undefined: nobody asks */
export function usePresent(root: string | undefined, units: readonly string[] | undefined) {
  const { channel } = useTools();
  const { presenceAt, link } = useChannel();
  const [told, setTold] = useState<{ readonly root: string; readonly here: readonly string[] | 'failed' }>();
  const read = useRef<{ readonly root: string; readonly at: number; readonly units: number }>(undefined);
  const wanted = useRef(root);
  useEffect(() => {
    wanted.current = root;
  }, [root]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever comes or goes makes what was read old
  useEffect(() => {
    if (root === undefined || link !== 'online') return;
    const { current: last } = read;
    const wait = last?.root === root ? Math.max(0, last.at + refreshAfter(last.units) - performance.now()) : 0;
    // An answer counts whatever was told meanwhile: ticks may come faster than it does.
    const take = (here: readonly string[] | 'failed'): void => {
      if (wanted.current === root) setTold({ root, here });
    };
    const timer = setTimeout(() => {
      read.current = { root, at: performance.now(), units: last?.units ?? 0 };
      channel.act('presence.here', { root }).then(
        ({ here, expected }) => {
          read.current = { root, at: performance.now(), units: expected };
          take(here);
        },
        () => take('failed'),
      );
    }, wait);
    return () => clearTimeout(timer);
  }, [channel, root, link, presenceAt]);
  const here = told && told.root === root ? told.here : undefined;
  const present = useMemo(() => {
    if (here === undefined || here === 'failed' || !units) return undefined;
    const codes = new Set(here);
    return new Set(units.filter((path) => codes.has(codeOf(path))));
  }, [here, units]);
  return { present, failed: here === 'failed' };
}
