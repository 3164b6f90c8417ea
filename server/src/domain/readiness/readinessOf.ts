import type { FoundCheck, ReadinessState } from '../../protocol/readiness.ts';
import { FAIR_KBPS, FRESH_DAYS } from './limits.ts';

const DAY_MS = 24 * 3_600_000;

/** RY2. Pure. */
export function readinessOf(check: (FoundCheck & { readonly at: string }) | undefined, now: number): ReadinessState {
  if (!check || now - Date.parse(check.at) > FRESH_DAYS * DAY_MS) return 'never';
  if (!check.camera || !check.microphone) return 'lacking';
  const { downKbps: down, upKbps: up } = check;
  return down === null || up === null || down < FAIR_KBPS.down || up < FAIR_KBPS.up ? 'weak' : 'ready';
}

/** `Chrome 130, Windows`: what somebody on the telephone wants to know. Whatever is not known is left out. */
export function browserOf(userAgent: string): string {
  const known = NAMES.map(([name, form]) => [name, form.exec(userAgent)?.[1]] as const).find(([, version]) => version);
  const system = SYSTEMS.find(([, form]) => form.test(userAgent))?.[0];
  return [known?.join(' '), system].filter(Boolean).join(', ');
}

/** In the order in which they are believed: browsers name those that they descend from as well. */
const NAMES: readonly (readonly [string, RegExp])[] = [
  ['Cốc Cốc', /coc_coc_browser\/(\d+)/],
  ['Edge', /\bEdgA?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//],
];
const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
];
