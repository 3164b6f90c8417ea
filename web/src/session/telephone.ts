/** Under which pages keep what is served here: whoever has lost the server wants to know whom to ring. */
export const INSTALLATION_KEPT = 'dh.installation';

/** RFC 3966: digits alone, the extension by its name. */
export function dialled(telephone: string): string {
  const [number = '', extension] = telephone.split('#');
  const digits = number.replace(/[^+\d]/g, '');
  return extension ? `tel:${digits};ext=${extension.replace(/\D/g, '')}` : `tel:${digits}`;
}
