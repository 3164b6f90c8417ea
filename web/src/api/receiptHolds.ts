import type { Receipt } from '@dieu-hanh/server/protocol';
import { ApiError } from './ApiError.ts';

/**
 * Whether row, path and seal of a receipt lead to its hash (AU2, AU3): written for the page alone, so that it does not
 * take the server's word. Whether the seal stands in the record, no page can know.
 */
export async function receiptHolds(receipt: Receipt): Promise<boolean> {
  const { chain, seal: nr, leaf, leaves, path, previous, at, hash } = receipt;
  let node = await rowHash(receipt);
  let place = leaf;
  let next = 0;
  for (let width = leaves; width > 1; width = (width + 1) >> 1) {
    if ((place ^ 1) < width) {
      const sibling = path[next++];
      if (sibling === undefined) return false;
      node = await sha256(fromHex(place % 2 === 0 ? `01${node}${sibling}` : `01${sibling}${node}`));
    }
    place >>= 1;
  }
  if (next !== path.length || leaf >= leaves) return false;
  const seal = canonical({ chain, nr, previous, root: node, leaves, at });
  return (await sha256(new TextEncoder().encode(seal))) === hash;
}

/** AU2: of the row that a receipt shows. */
export const rowHash = ({ table, record }: Receipt): Promise<string> =>
  sha256(new TextEncoder().encode(`\0${canonical({ row: record, table })}`));

/**
 * Checks every receipt that an answer of the server brings, wherever it stands.
 * @throws ApiError `internal`: one does not hold, so it is asked again
 */
export async function checkReceipts(answer: unknown): Promise<void> {
  // On an origin that is not secure the browser has no hashes, and nothing else of this page is safe there.
  if (!('subtle' in crypto)) return;
  for (const receipt of receiptsIn(answer))
    if (!(await receiptHolds(receipt))) throw new ApiError('internal', `a receipt of ${receipt.table} does not hold`);
}

function* receiptsIn(answer: unknown): Generator<Receipt> {
  if (Array.isArray(answer)) {
    // Long lists of texts and numbers have none.
    if (isObject(answer[0]) && !Array.isArray(answer[0])) for (const one of answer) yield* receiptsIn(one);
  } else if (isObject(answer)) {
    for (const [name, value] of Object.entries(answer))
      if (name !== 'receipt') yield* receiptsIn(value);
      else if (value !== null) yield value as Receipt;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** RFC 8785. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

const fromHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
