export interface Judgement {
  /** Exit status: 0 all are signed and verified, 1 some are not, 3 nothing could be verified. */
  readonly status: 0 | 1 | 3;
  readonly sentence: string;
}

const HASHES = 'What was installed was held against the sha512 of each archive in the lockfile.';

/**
 * What `npm audit signatures` found out. It ends with an error alike when a signature is wrong and when it had nothing to verify with, so its
 * words are read.
 */
export function judge({ status, output }: { status: number | null; output: string }): Judgement {
  const count = (what: string) =>
    new RegExp(`(\\d+) packages? (?:has|have) (?:an? )?${what} (?:registry signature|attestation)`).exec(output)?.[1];
  const [invalid, missing, verified] = [count('invalid'), count('missing'), count('verified')];
  if (invalid)
    return { status: 1, sentence: `${invalid} signatures are WRONG: do not install, and ask who runs the registry.` };
  if (missing) return { status: 1, sentence: `${missing} packages have no signature, though the registry signs.` };
  if (status === 0 && verified)
    return { status: 0, sentence: `The registry's signatures of ${verified} packages are right.` };
  if (/found no .*dependencies to audit/.test(output))
    return { status: 3, sentence: `Nothing was verified: this registry has no keys that it signs with. ${HASHES}` };
  const host = /request to (\S+?)[,\s]/.exec(output)?.[1];
  if (/npm err(or|!) (code )?(E(NOTFOUND|AI_AGAIN|CONNREFUSED|TIMEDOUT|CONNRESET|404)|ETARGET|FETCH)/i.test(output))
    return {
      status: 3,
      sentence: `Nothing was verified: npm could not get the keys${host ? ` (${host})` : ''}. ${HASHES}`,
    };
  return {
    status: 3,
    sentence: `Nothing was verified: npm ended with ${status} and said nothing that is understood. ${HASHES}`,
  };
}
