/** `1,4 MB`; at least one kilobyte, since nobody cares for less. */
export function sizeOf(bytes: number, language: 'vi' | 'en'): string {
  const [value, unit] = bytes >= 1_000_000 ? [bytes / 1_000_000, 'MB'] : [Math.max(1, bytes / 1000), 'kB'];
  const digits = unit === 'MB' ? 1 : 0;
  return `${value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: digits })} ${unit}`;
}
