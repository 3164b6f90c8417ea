/** The loop is given back to others after this time, ms, however many are still to be served. */
const CHUNK_MS = 8;

/** Why others wait now. */
const first = new Set<symbol>();
let passed = Promise.withResolvers<void>();

/**
 * From now on all who do something for each of many wait, but for those who go first, until the function that is returned is
 * called. Then each of them has a share of the loop, also where somebody else goes first by then: many cuts starve nobody.
 */
export function goFirst(): () => void {
  const why = Symbol();
  first.add(why);
  return () => {
    if (!first.delete(why)) return;
    passed.resolve();
    passed = Promise.withResolvers();
  };
}

/** Does something for each of many, in order, without holding the event loop; `over` ends it early. */
export async function inTurn<T>(
  items: Iterable<T>,
  act: (item: T) => void,
  over: () => boolean,
  isFirst = false,
): Promise<void> {
  if (first.size > 0 && !isFirst) await passed.promise;
  let until = performance.now() + CHUNK_MS;
  for (const item of [...items]) {
    if (over()) return;
    act(item);
    if (performance.now() < until) continue;
    await new Promise((resolve) => setImmediate(resolve));
    if (first.size > 0 && !isFirst) await passed.promise;
    until = performance.now() + CHUNK_MS;
  }
}
