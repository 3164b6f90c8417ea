/** `120 giường`, `97%`: a per cent sign stands at the number, and no line ends between a number and its unit. */
export const withUnit = (number: string, unit: string): string => `${number}${unit === '%' ? '' : '\u00a0'}${unit}`;
