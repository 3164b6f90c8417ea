/** The loop is given back to others after this time, ms, however many are still to be served. */
const CHUNK_MS = 8;

/** Does something for each of many, in order, without holding the event loop; `over` ends it early. */
export async function inTurn<T>(items: Iterable<T>, act: (item: T) => void, over: () => boolean): Promise<void> {
  let until = performance.now() + CHUNK_MS;
  for (const item of [...items]) {
    if (over()) return;
    act(item);
    if (performance.now() < until) continue;
    await new Promise((resolve) => setImmediate(resolve));
    until = performance.now() + CHUNK_MS;
  }
}
