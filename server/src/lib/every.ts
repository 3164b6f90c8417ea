/**
 * Runs `task` again and again with this pause between the end of one run and the start of the next, so that runs never pile up.
 * @param failed told when a run rejects; the next one comes all the same
 */
export function every(pauseMs: number, task: () => unknown, failed: (error: unknown) => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const plan = () => {
    if (!closed) timer = setTimeout(run, pauseMs).unref();
  };
  const run = async () => {
    try {
      await task();
    } catch (error) {
      failed(error);
    }
    plan();
  };
  plan();
  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
