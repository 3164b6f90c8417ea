import './unreachable.css';
import { createFormats } from '../i18n/formats.ts';
import { fullJitter } from '../lib/jitter.ts';
import { dialled, INSTALLATION_KEPT } from '../session/telephone.ts';

/**
 * The page that stands in the place of one which cannot be had (SW3). It is in the browser before it is needed, so it
 * is made of nothing but itself; its texts stand in unreachable.html, in both languages. The address stays as it is,
 * with what it carries, and is asked for again as it is.
 */
function say(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-when]'))
    part.hidden = (part.dataset.when === 'offline') === navigator.onLine;
}

function showTelephone(): void {
  try {
    const { supportTelephone } = JSON.parse(localStorage.getItem(INSTALLATION_KEPT) ?? '{}');
    const line = document.querySelector<HTMLElement>('.support');
    if (typeof supportTelephone !== 'string' || !line) return;
    const link = Object.assign(document.createElement('a'), {
      href: dialled(supportTelephone),
      textContent: supportTelephone,
    });
    line.querySelector('.telephone')?.append(link);
    line.hidden = false;
  } catch {
    // Nobody was named, or this browser keeps nothing.
  }
}

let timer: ReturnType<typeof setTimeout> | undefined;
let attempt = 0;
let asking = false;

/** Asks whether the server is there, for as long as the line needs, and only then for the page. */
async function ask(): Promise<void> {
  if (asking) return;
  asking = true;
  clearTimeout(timer);
  try {
    const { ok, redirected } = await fetch('/healthz', { cache: 'no-store', credentials: 'omit' });
    // Whoever came to this page by its own name would stay there for ever.
    if (ok && !redirected) return location.pathname === '/unreachable.html' ? location.replace('/') : location.reload();
  } catch {
    // Not yet.
  }
  asking = false;
  for (const time of document.querySelectorAll('time'))
    time.textContent = createFormats('vi').time(new Date().toISOString());
  for (const line of document.querySelectorAll<HTMLElement>('.tried')) line.hidden = false;
  timer = setTimeout(() => void ask(), 1_000 + fullJitter(attempt++));
}

function showTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  try {
    document.documentElement.dataset.theme = localStorage.getItem('dh.theme') ?? system;
  } catch {
    document.documentElement.dataset.theme = system;
  }
}

showTheme();
say();
showTelephone();
document.querySelector('button')?.addEventListener('click', () => void ask());
window.addEventListener('offline', say);
window.addEventListener('online', () => {
  say();
  void ask();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void ask();
});
timer = setTimeout(() => void ask(), 1_000 + fullJitter(attempt++));
