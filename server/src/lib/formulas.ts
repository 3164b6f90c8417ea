/** Of a text, what a spreadsheet would take for the beginning of a formula, also in full width. */
const BEGINNING = /^[=+\-@\t\r\n＝＋－＠]/;
/**
 * A formula that calls something, behind what a spreadsheet with another separator, as its language has it, takes for
 * the end of a cell: it reads no quotes then.
 */
const INNER = /([\r\n\t;] *"*)(?=[=+\-@＝＋－＠][^\r\n\t;]*[(|])/g;

/** For CSV: what would be a formula is made a text by an apostrophe, as OWASP's page on CSV injection has it. */
export const withoutFormulas = (text: string): string =>
  (BEGINNING.test(text) ? `'${text}` : text).replaceAll(INNER, "$1'");

/** Telephones of CT3 begin with a plus, and call nothing. */
const NUMBER = /^[+-]?[\d ().#-]*$/;

/** For CSV that is read again: `readFormula` gives the same text back. Also behind what another separator would cut. */
export const escapeFormula = (text: string): string =>
  NUMBER.test(text) ? text : text.replaceAll(/([;\t\r\n] *|^)(?='*[=+\-@\t＝＋－＠])/g, "$1'");
export const readFormula = (text: string): string => text.replaceAll(/([;\t\r\n] *|^)'(?='*[=+\-@\t＝＋－＠])/g, '$1');
