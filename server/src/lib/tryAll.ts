/**
 * Does each of these in turn, also when one before it has failed.
 * @throws what failed, when all are done: the error itself, or an AggregateError of several
 */
export async function tryAll(works: Iterable<() => unknown>): Promise<void> {
  const errors: unknown[] = [];
  for (const work of works)
    try {
      await work();
    } catch (error) {
      errors.push(error);
    }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} of them failed`);
}
