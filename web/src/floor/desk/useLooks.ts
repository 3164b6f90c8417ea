import { useCallback, useEffect } from 'react';
import { type StageLook, stageLooksSchema } from '../../api/contract.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { usePolled } from '../../ui/usePolled.ts';

/** As often as pages are asked for a picture. */
const EVERY_MS = 5_000;
/** Whoever was asked by the first look has sent a picture by then. */
const SECOND_MS = 1_000;

/** TR15: all open stages of the territory as they look now, by path; empty until the first answer. */
export function useLooks(): ReadonlyMap<string, StageLook> {
  const { api } = useOffice();
  const { id } = useChannel().briefing;
  const load = useCallback(
    async () =>
      new Map(
        (await api.ask(`/api/briefings/${id}/stages/looks`, stageLooksSchema)).looks.map((look) => [look.path, look]),
      ),
    [api, id],
  );
  const { value, reload } = usePolled(load, EVERY_MS);
  useEffect(() => {
    const timer = setTimeout(reload, SECOND_MS);
    return () => clearTimeout(timer);
  }, [reload]);
  return value ?? NONE;
}
const NONE: ReadonlyMap<string, StageLook> = new Map();
