import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useFormats } from '../i18n/useText.tsx';

/**
 * The component library speaks the language of the page. Left alone it takes the browser's, which in an office is often
 * English. It is for desks: no page of a commune has a component of the library.
 */
export function ComponentLanguage({ children }: { readonly children: ReactNode }) {
  const { locale } = useFormats();
  return <I18nProvider locale={locale}>{children}</I18nProvider>;
}
