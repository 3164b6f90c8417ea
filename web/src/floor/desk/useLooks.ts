import { useCallback, useEffect, useRef } from 'react';
import { type StageLook, stageLooksSchema } from '../../api/contract.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { usePolled } from '../../ui/usePolled.ts';

/** As often as pages are asked for a picture. */
const EVERY_MS = 5_000;
/** Whoever was asked by the first look has sent a picture by then. */
const SECOND_MS = 1_000;

interface Looks {
  /** By path; empty until the first answer. */
  readonly stages: ReadonlyMap<string, StageLook>;
  /** When these were asked for, by the server's clock; undefined: there was no answer yet. */
  readonly asOf: Date | undefined;
  /** The last look was not answered: they are of the one before. */
  readonly failed: boolean;
}

/** TR15: all open stages of the territory as they look now. */
export function useLooks(): Looks {
  const { api } = useOffice();
  const { briefing, clockOffset } = useChannel();
  const { id } = briefing;
  const offset = useRef(clockOffset);
  offset.current = clockOffset;
  const load = useCallback(async () => {
    const asOf = new Date(Date.now() + offset.current);
    const { looks } = await api.ask(`/api/briefings/${id}/stages/looks`, stageLooksSchema);
    return { asOf, stages: new Map(looks.map((look) => [look.path, look])) };
  }, [api, id]);
  const { value, error, reload } = usePolled(load, EVERY_MS);
  useEffect(() => {
    const timer = setTimeout(reload, SECOND_MS);
    return () => clearTimeout(timer);
  }, [reload]);
  return { stages: value?.stages ?? NONE, asOf: value?.asOf, failed: error !== undefined };
}
const NONE: ReadonlyMap<string, StageLook> = new Map();
