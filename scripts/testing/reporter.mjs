import { readFileSync } from 'node:fs';

/**
 * A reporter of node:test that writes one JSON line per finished test: what is counted at the end comes from here alone. Each line says
 * how much CPU time the file took until then, with the processes that it started and saw end: a file may end itself before the last one.
 */
export default async function* counted(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite' || data.file === data.name) continue;
    const outcome =
      data.skip !== undefined || data.todo !== undefined ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed';
    const error = data.details?.error;
    const why = typeof data.skip === 'string' ? data.skip : (error?.cause?.message ?? error?.message);
    yield line({
      name: data.name,
      outcome,
      why,
      ms: Math.round(data.details?.duration_ms ?? 0),
      cpuSeconds: cpuSeconds(),
    });
  }
  yield line({ cpuSeconds: cpuSeconds() });
}

const line = (entry) => `${JSON.stringify(entry)}\n`;

function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + childrenSeconds();
}

/** Fields cutime and cstime of proc(5), in ticks of a hundredth. */
function childrenSeconds() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return 0; // no Linux
  }
}
