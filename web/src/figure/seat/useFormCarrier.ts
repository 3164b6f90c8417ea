import { useEffect, useMemo } from 'react';
import type { Carrier } from '../../api/outbox/Outbox.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useCarrier, useOutbox } from '../../session/OutboxContext.tsx';
import { formApi } from './formApi.ts';

/** Sends what was typed in on this computer, also by another page and before a reload, until it is recorded. */
export function useFormCarrier(): void {
  const { api } = useOffice();
  const outbox = useOutbox();
  const carrier = useMemo<Carrier<'figure.enter'>>(
    () => ({
      send: ({ ask }) => formApi.enter(api, ask),
      settle: ({ ask }) => formApi.recorded(api, ask.key),
    }),
    [api],
  );
  useCarrier('figure.enter', carrier);
  useEffect(() => {
    const hurry = (): void => outbox.hurry('figure.enter');
    window.addEventListener('online', hurry);
    return () => window.removeEventListener('online', hurry);
  }, [outbox]);
}
