/** A reporter of node:test that writes one JSON line per finished test: what is counted at the end comes from here alone. */
export default async function* counted(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite' || data.file === data.name) continue;
    const outcome =
      data.skip !== undefined || data.todo !== undefined ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed';
    const error = data.details?.error;
    const why = typeof data.skip === 'string' ? data.skip : (error?.cause?.message ?? error?.message);
    yield `${JSON.stringify({ name: data.name, outcome, why })}\n`;
  }
}
