/** A small seeded generator (mulberry32), so that a failing mutation can be made again. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const nasty = [
  '',
  '0',
  '-1',
  '4294967296',
  '1e9',
  'NaN',
  '__proto__',
  'constructor',
  '\u0000',
  'é',
  ' ',
  ';',
  '/',
  '=',
  ':',
];

/** One to eight random changes: lines dropped, doubled, swapped, taken from another text; words and characters replaced. */
export function mutate(text: string, others: readonly string[], random: () => number): string {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const at = (list: readonly unknown[]): number => Math.floor(random() * list.length);
  const lines = text.split('\r\n');
  for (let n = 1 + Math.floor(random() * 8); n > 0 && lines.length > 0; n--) {
    const i = at(lines);
    const line = lines[i] ?? '';
    switch (Math.floor(random() * 9)) {
      case 0:
        lines.splice(i, 1);
        break;
      case 1:
        lines.splice(at(lines), 0, line);
        break;
      case 2:
        lines[i] = lines[at(lines)] ?? '';
        break;
      case 3:
        lines.splice(i, 0, pick(pick(others)?.split('\r\n') ?? []) ?? '');
        break;
      case 4: {
        const words = line.split(/([ :;=,/])/);
        words[at(words)] = pick(nasty) ?? '';
        lines[i] = words.join('');
        break;
      }
      case 5: {
        const j = at([...line]);
        lines[i] = line.slice(0, j) + String.fromCharCode(32 + Math.floor(random() * 95)) + line.slice(j + 1);
        break;
      }
      case 6:
        lines.length = Math.max(1, i);
        break;
      case 7:
        lines[i] = line.repeat(1 + Math.floor(random() * 50));
        break;
      default:
        lines[i] = line.replace(/\d+/, () => String(Math.floor(random() * 2 ** 33)));
    }
  }
  return lines.join(random() < 0.1 ? '\n' : '\r\n');
}

/** One to eight random changes of bytes: changed, removed, doubled, or taken from another input. */
export function mutateBytes(input: Buffer, others: readonly Buffer[], random: () => number): Buffer {
  let data = Buffer.from(input);
  for (let n = 1 + Math.floor(random() * 8); n > 0; n--) {
    const at = Math.floor(random() * data.length);
    const end = at + Math.floor(random() * 16);
    const kind = Math.floor(random() * 4);
    const other = others[Math.floor(random() * others.length)] ?? data;
    if (kind === 0 && at < data.length) data[at] = Math.floor(random() * 256);
    else if (kind === 1) data = Buffer.concat([data.subarray(0, at), data.subarray(end)]);
    else if (kind === 2) data = Buffer.concat([data.subarray(0, end), data.subarray(at)]);
    else data = Buffer.concat([data.subarray(0, at), other.subarray(Math.floor(random() * other.length))]);
  }
  return data;
}
