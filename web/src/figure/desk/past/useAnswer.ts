import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { useOffice } from '../../../session/OfficeContext.tsx';

/** A slider that is moved along asks at its first stop, and then where it rests; so does what moves by itself. */
const REST_MS = 200;
const AGAIN_MS = 5_000;

interface AnswerUse {
  /** Another one: asked anew, and what was answered stands meanwhile. */
  readonly version?: number | undefined;
  /** FG170: the path is chosen by a control that passes many on its way, and not by a press. */
  readonly isAlong?: boolean | undefined;
}

/**
 * What the server answers to a question; asked again where it could not be read. @param path undefined: nothing is asked
 * @returns nothing while it is not that of this path
 */
export function useAnswer<S extends z.ZodType>(
  path: string | undefined,
  schema: S,
  { version, isAlong }: AnswerUse = {},
) {
  const { api } = useOffice();
  const [told, setTold] = useState<{ readonly path: string; readonly answer: z.output<S> | undefined }>();
  const asked = useRef({ at: Number.NEGATIVE_INFINITY, path });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is asked for anew
  useEffect(() => {
    if (path === undefined) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isPress = !isAlong && asked.current.path !== path;
    const isSoon = performance.now() - asked.current.at < REST_MS;
    asked.current = { at: performance.now(), path };
    if (isSoon && !isPress) timer = setTimeout(go, REST_MS);
    else go();
    function go(): void {
      api.ask(path as string, schema, { signal: stop.signal }).then(
        (answer) => stop.signal.aborted || setTold({ path: path as string, answer }),
        () => {
          if (stop.signal.aborted) return;
          setTold({ path: path as string, answer: undefined });
          timer = setTimeout(go, AGAIN_MS);
        },
      );
    }
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [api, path, schema, version]);
  const own = path !== undefined && told?.path === path ? told : undefined;
  return { answer: own?.answer, failed: own !== undefined && own.answer === undefined };
}
