import { useEffect, useMemo, useRef, useState } from 'react';
import type { FigureFrame, NumberSum, Round } from '../../../api/contract.ts';
import type { RosterView } from '../../../organisation/rosterView.ts';
import { useChannel, useTools } from '../../../session/BriefingContext.tsx';
import { FrameReader } from '../FrameReader.ts';
import { summed, takeNumbers } from './askedFrame.ts';

/** With the tick that says that something moved, a receipt is on the map within two seconds. */
const READ_MS = 500;

interface AskedFrame {
  /** With the sums of the round. */
  readonly frame: FigureFrame | undefined;
  readonly failed: boolean;
}

/** What each unit has said in a round, as a frame: read once, and then what has changed, when its sums have moved. */
export function useAskedFrame(
  { id, openedAt, version }: Pick<Round, 'id' | 'openedAt' | 'version'>,
  sums: ReadonlyMap<string, NumberSum> | undefined,
  roster: RosterView,
): AskedFrame {
  const { channel, session } = useTools();
  const { link } = useChannel();
  const { code: root } = session.account.unit;
  const [shown, setShown] = useState<{ readonly round: string; readonly frame: FigureFrame }>();
  const [failed, setFailed] = useState(false);
  const reader = useRef<FrameReader>(undefined);
  const moves = useRef(0);
  useEffect(() => {
    let known: FigureFrame | undefined;
    const about = { root, period: openedAt, pathOf: (code: string) => roster.byCode.get(code)?.path };
    const own = new FrameReader(
      {
        read: async () => {
          const since = known?.n;
          const told = await channel.act('round.numbers', { round: id, ...(since !== undefined && { since }) });
          return takeNumbers(known, told, about);
        },
        take: (frame) => {
          known = frame;
          setFailed(false);
          setShown({ round: id, frame });
        },
        failed: () => setFailed(true),
      },
      READ_MS,
    );
    reader.current = own;
    return () => own.close();
  }, [channel, id, openedAt, root, roster]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what moves the round is read
  useEffect(() => {
    if (link === 'online') reader.current?.want(++moves.current);
  }, [link, sums, version, channel, id, openedAt, root, roster]);
  const own = shown?.round === id ? shown.frame : undefined;
  const frame = useMemo(() => own && { ...own, upper: sums ? [...sums.values()].map(summed) : [] }, [own, sums]);
  return { frame, failed };
}
