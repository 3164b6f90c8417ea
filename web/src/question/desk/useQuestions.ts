import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import {
  type DecideQuestions,
  type Decision,
  decidedQuestionsSchema,
  type QuestionRow,
  questionPageSchema,
} from '../../api/contract.ts';
import { fullJitter } from '../../lib/jitter.ts';
import { Store } from '../../lib/Store.ts';
import { BriefingContext } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useStore } from '../../ui/useStore.ts';

/** Ticks come twice a second; which questions moved is asked for this often at most. */
const LOOK_MS = 1_500;
/** Outside of the briefing nobody tells. */
const POLL_MS = 15_000;

const nowhere = new Store({ questions: { tick: undefined }, briefing: { id: '' } });

export interface Questions {
  /** undefined: not read yet. */
  readonly rows: ReadonlyMap<string, QuestionRow> | undefined;
  readonly failed: boolean;
  /** @throws ApiError */
  readonly decide: (questions: readonly string[], decision: Decision) => Promise<void>;
}

/** The questions of a briefing in one's territory, kept fresh while they are shown: only what changed is fetched. */
export function useQuestions(briefing: string): Questions {
  const { api } = useOffice();
  const tools = useContext(BriefingContext);
  const here = useStore<{ questions: { tick: { seq: number } | undefined }; briefing: { id: string } }>(
    tools?.channel.state ?? nowhere,
  );
  const seq = here.briefing.id === briefing ? (here.questions.tick?.seq ?? 0) : undefined;
  const [state, setState] = useState<{ rows?: ReadonlyMap<string, QuestionRow>; failed: boolean }>({ failed: false });
  const known = useRef<Map<string, QuestionRow>>(new Map());
  const take = useCallback((rows: readonly QuestionRow[]) => {
    const next = new Map(known.current);
    for (const row of rows) if ((next.get(row.id)?.seq ?? -1) <= row.seq) next.set(row.id, row);
    known.current = next;
  }, []);
  const seen = useRef(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tick looks again
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (attempt: number): Promise<void> => {
      try {
        for (let more = true; more && !stop.signal.aborted; ) {
          const since = Math.max(0, seen.current);
          const path = `/api/briefings/${briefing}/questions?since=${since}`;
          const page = await api.ask(path, questionPageSchema);
          if (stop.signal.aborted) return;
          take(page.rows);
          seen.current = page.rows.at(-1)?.seq ?? since;
          more = page.more;
          setState({ rows: known.current, failed: false });
        }
        if (seq === undefined) timer = setTimeout(() => void look(0), POLL_MS);
      } catch {
        if (stop.signal.aborted) return;
        setState((before) => ({ ...before, failed: true }));
        timer = setTimeout(() => void look(attempt + 1), fullJitter(attempt) + 500);
      }
    };
    if (seen.current < 0) void look(0);
    else timer = setTimeout(() => void look(0), LOOK_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [api, briefing, seq]);
  const decide = useCallback(
    async (questions: readonly string[], decision: Decision): Promise<void> => {
      const body: DecideQuestions = { key: crypto.randomUUID(), questions: [...questions], decision };
      const path = `/api/briefings/${briefing}/questions/decisions`;
      const { rows } = await api.ask(path, decidedQuestionsSchema, { method: 'POST', body });
      take(rows);
      setState({ rows: known.current, failed: false });
    },
    [api, briefing, take],
  );
  return useMemo(() => ({ rows: state.rows, failed: state.failed, decide }), [state, decide]);
}
