import { readFileSync } from 'node:fs';

/** The name of an account, or its number where it has none here. */
export function userName(uid: number): string {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.split(':')[2] === String(uid));
    return line?.split(':')[0] || `user ${uid}`;
  } catch {
    return `user ${uid}`;
  }
}
