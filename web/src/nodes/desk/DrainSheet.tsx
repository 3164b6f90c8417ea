import { ApiError } from '../../api/ApiError.ts';
import type { ClusterNode } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { nodesApi } from '../nodesApi.ts';
import { roomOf } from '../sums.ts';
import { nodesWords } from '../words/nodes.vi.ts';

interface DrainSheetProps {
  readonly node: ClusterNode;
  readonly nodes: readonly ClusterNode[];
  readonly draining: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Before a node is emptied, or called back: how many go, and whether they find room. */
export function DrainSheet({ node: { boot, name, about }, nodes, draining, onDone, onClose }: DrainSheetProps) {
  const { t, number } = useText(nodesWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const { tell } = useToasts();
  const { viewers = 0, devices = 0 } = about ?? {};
  const room = roomOf(nodes.filter((other) => other.boot !== boot));
  const why = (error: unknown): string => {
    const reason = error instanceof ApiError ? error.reason : undefined;
    if (reason === 'not-found') return t.gone;
    return reason === 'conflict' ? t.last : sentence(error, problems);
  };
  const go = async (): Promise<void> => {
    try {
      await nodesApi.drain(api, boot, draining);
      tell({ text: draining ? t.drained(name) : t.undrained(name), tone: 'good' });
    } catch (error) {
      tell({ text: why(error), tone: 'bad' });
    }
    onDone();
  };
  return (
    <ConfirmSheet
      title={draining ? t.drainTitle(name) : t.undrainTitle(name)}
      body={draining ? t.drainBody(number(viewers), number(devices)) : t.undrainBody}
      confirm={draining ? t.drainConfirm : t.undrainConfirm}
      keep={t.keep}
      onConfirm={go}
      onClose={onClose}
    >
      {draining && (
        <p className={room < viewers ? 'stale' : undefined}>
          {room < viewers ? t.short(number(room)) : t.enough(number(room))}
        </p>
      )}
    </ConfirmSheet>
  );
}
