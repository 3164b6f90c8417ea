/**
 * Answers may come in another order than they were asked for.
 * @returns called when one asks; what it gives is called when the answer is there. false: a newer one was taken already
 */
export function inOrder(): () => () => boolean {
  let asked = 0;
  let taken = 0;
  return () => {
    const own = ++asked;
    return () => {
      if (own < taken) return false;
      taken = own;
      return true;
    };
  };
}
