/** What stands in somebody else's file is not to move the cursor of whoever reads of it in a terminal, nor to turn its direction. */
export const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?');
