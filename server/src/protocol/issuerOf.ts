import type { Directive } from './directive.ts';

/**
 * Who gives it, as units know them: accounts of officials have the names of their offices, and need a place only where
 * the name says none.
 */
export function issuerOf({ by, issuer }: Pick<Directive, 'by' | 'issuer'>): string {
  const nation = !issuer.path.includes('.');
  return nation || by.includes(issuer.name) ? by : `${by}, ${issuer.name}`;
}
