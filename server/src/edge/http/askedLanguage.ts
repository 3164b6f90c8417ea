import type { Language } from '../../protocol/briefing.ts';

/** In which a refusal is said to whoever asks for neither language. */
const OWN: Language = 'vi';

/**
 * The language that `Accept-Language` wants most of those that the server speaks (RFC 9110, 12.5.4); the first of equal ones,
 * Vietnamese where it names neither. (FG200)
 */
export function askedLanguage(header: string | undefined): Language {
  let most = { language: OWN, q: 0 };
  for (const one of (header ?? '').toLowerCase().split(',')) {
    const [range = '', ...rest] = one.split(';').map((part) => part.trim());
    const language = languageOf(range);
    const q = Number(rest.find((part) => part.startsWith('q='))?.slice(2) ?? 1);
    if (language && q > most.q) most = { language, q };
  }
  return most.language;
}

function languageOf(range: string): Language | undefined {
  const [primary] = range.split('-');
  return primary === 'vi' || primary === 'en' ? primary : undefined;
}
