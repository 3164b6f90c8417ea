import { type codeFragment, linkFragment, linkSecretSchema, type passwordFragment } from '../api/contract.ts';

type Fragment = typeof linkFragment | typeof passwordFragment | typeof codeFragment;

/** Takes the secret of a personal link, or the code of a slip, out of the address, which then shows it no more, nor does the history. */
export function takeLinkSecret(
  location: Location,
  history: History,
  fragment: Fragment = linkFragment,
): string | undefined {
  const found = new URLSearchParams(location.hash.slice(1)).get(fragment);
  if (found === null) return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  const parsed = linkSecretSchema.safeParse(found);
  // A secret that was cut while copying is sent all the same: the server's answer has the right sentence.
  return parsed.success ? parsed.data : found;
}
