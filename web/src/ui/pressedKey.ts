const moves = new Set(['arrowleft', 'arrowright', 'arrowup', 'arrowdown', 'pageup', 'pagedown', 'home', 'end']);

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>;

/**
 * Name of a key by its place on the keyboard, as an input method or another layout changes what it writes: a digit, a lower-case
 * letter, `-`, `/` and `?`; of a key that writes nothing the lower-case `KeyboardEvent.key`. (KP2)
 */
export function pressedKey({ key, code, shiftKey }: Pressed): string {
  const named = key.toLowerCase();
  if (moves.has(named)) return named;
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  if (letter) return letter.toLowerCase();
  const [, digit] = /^(?:Digit|Numpad)([0-9])$/.exec(code) ?? [];
  // With Shift it is what it writes: the place of 7 is where some layouts have `/`.
  if (shiftKey || named === '?') return code === 'Slash' ? '?' : named;
  if (digit) return digit;
  if (code === 'Minus' || code === 'NumpadSubtract') return '-';
  if (code === 'Slash') return '/';
  return named;
}

/** Whether a key of that name writes something, so that it does something else only where that was switched on. (KP1) */
export const writes = (name: string): boolean => name.length === 1;

/** Whether a key of that name moves within a list, a tree or a page. */
export const movesWithin = (name: string): boolean => moves.has(name);
