import { type ReactNode, useState } from 'react';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';

export interface AskedFirst {
  readonly title: string;
  /** Whom it moves. */
  readonly body: string;
  readonly confirm: string;
  readonly act: () => Promise<unknown>;
}

/** One press that moves others is asked about once. */
export function useAskFirst(): { readonly ask: (asked: AskedFirst) => void; readonly sheet: ReactNode } {
  const [asked, setAsked] = useState<AskedFirst>();
  const sheet = asked && (
    <ConfirmSheet
      title={asked.title}
      body={asked.body}
      confirm={asked.confirm}
      onConfirm={asked.act}
      onClose={() => setAsked(undefined)}
    />
  );
  return { ask: setAsked, sheet };
}
