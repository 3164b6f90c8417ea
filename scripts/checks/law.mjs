/**
 * Finds law outside of the domain: roles and territories that are compared elsewhere than in `domain/shared`, and refusals of the store that
 * say more than that something is not there.
 */
const SHARED = /^server\/src\/domain\/shared\//;
const COMPARED = [
  {
    find: /\bimport[^;]*\bwithin\b[^;]*protocol\/organisation\.ts'/,
    why: 'territories are compared by rights, sight and territory',
  },
  { find: /[!=]==\s*'(?:principal|moderator|seat|operator)'/, why: 'roles are compared by rights and sight' },
  {
    find: /\b(?:account|actor|seat|viewer)\.role\s*[!=]==|[!=]==\s*(?:account|actor|seat|viewer)\.role\b/,
    why: 'roles are compared by rights and sight',
  },
];
const STORE = /^server\/src\/store\/postgres\/(?!base\/)/;
const REFUSAL = /\brefuse\('([\w-]+)'/g;
/** A row is not there, or was not written. */
const OF_THE_STORE = new Set(['not-found', 'internal', 'store-unavailable']);

/** @returns {string[]} one sentence for each place */
export function misplacedLaw(file, source) {
  const found = [];
  if (/^server\/src\/(domain|edge|hall|jobs|store)\//.test(file) && !SHARED.test(file)) {
    const wrong = COMPARED.find(({ find }) => find.test(source));
    if (wrong) found.push(`${file}: ${wrong.why}, in domain/shared`);
  }
  if (STORE.test(file))
    for (const [, reason] of source.matchAll(REFUSAL))
      if (!OF_THE_STORE.has(reason)) found.push(`${file}: refuses with ${reason}, which the domain decides`);
  return found;
}
