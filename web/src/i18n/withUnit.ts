/** `120 giường`, `97%`: a per cent sign stands at the number. */
export const withUnit = (number: string, unit: string): string => `${number}${unit === '%' ? '' : ' '}${unit}`;
