import type { Language } from '../i18n/words.ts';
import { uiWords } from './words/ui.vi.ts';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Which word says what is wrong with a field. */
const wrongOf = ({ validity, type }: Field): 'choose' | 'fill' | 'form' =>
  !validity.valueMissing ? 'form' : ['checkbox', 'radio', 'select-one', 'file'].includes(type) ? 'choose' : 'fill';

/**
 * Has browsers say what is wrong with a field in the language of the page, at the first field that is. Their own words
 * are of the language of the browser.
 */
export function sayValidity(page: Document, languageNow: () => Language): void {
  const said = new Set<Field>();
  page.addEventListener(
    'invalid',
    ({ target }) => {
      const field = target as Field;
      // What a field says of itself is in the language of the page.
      if (field.validity.customError) return;
      said.add(field);
      field.setCustomValidity(uiWords.in(languageNow()).wrong[wrongOf(field)]);
    },
    true,
  );
  // Any field of a form: another choice of a group is one for all of it.
  page.addEventListener(
    'input',
    () => {
      for (const field of said) field.setCustomValidity('');
      said.clear();
    },
    true,
  );
}
