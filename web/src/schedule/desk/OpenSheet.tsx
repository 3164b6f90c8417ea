import { useCallback, useState } from 'react';
import type { Briefing } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { usePolled } from '../../ui/usePolled.ts';
import { scheduleWords } from '../words/schedule.vi.ts';
import { FitNote } from './FitNote.tsx';
import { scheduleApi } from './scheduleApi.ts';

const LOOK_MS = 20_000;

interface OpenSheetProps {
  readonly briefing: Briefing;
  /** @param capacityReason PL30: where the servers do not carry it */
  readonly onOpen: (capacityReason?: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asked once before the doors open, with what the plan says of the servers that run now. */
export function OpenSheet({ briefing, onOpen, onClose }: OpenSheetProps) {
  const { t, number } = useText(scheduleWords);
  const { api } = useOffice();
  const [reason, setReason] = useState('');
  const load = useCallback(() => scheduleApi.fit(api, briefing.id), [api, briefing.id]);
  const { value: fit } = usePolled(load, LOOK_MS);
  const why = reason.trim();
  return (
    <ConfirmSheet
      title={t.acts.openTitle}
      body={t.acts.openBody(number(briefing.expected))}
      confirm={t.acts.open}
      held={fit?.verdict === 'does-not-fit' && fit.reason === undefined && why === ''}
      onConfirm={() => (why === '' ? onOpen() : onOpen(why))}
      onClose={onClose}
    >
      {fit && <FitNote fit={fit} reason={reason} onReason={setReason} />}
    </ConfirmSheet>
  );
}
