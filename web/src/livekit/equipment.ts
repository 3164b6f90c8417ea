import type { Equipment } from '../api/contract.ts';

export type Kind = keyof Equipment;
export const kinds = ['camera', 'microphone'] as const satisfies readonly Kind[];

/** Kinds that have this permission, as far as the browser says so: not every one does. */
export async function kindsThatAre(wanted: PermissionState): Promise<readonly Kind[]> {
  const states = await Promise.all(kinds.map((kind) => permissionOf(kind)));
  return kinds.filter((_, i) => states[i]?.state === wanted);
}

/** What the browser may not use. */
export const deniedKinds = (): Promise<readonly Kind[]> => kindsThatAre('denied');

/** What there is, whether it may be used or not. */
export async function kindsListed(): Promise<readonly Kind[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const inputs = { camera: 'videoinput', microphone: 'audioinput' } as const;
  return kinds.filter((kind) => devices.some((device) => device.kind === inputs[kind]));
}

/** Told of devices that come and go, and of permissions that change, for as long as the page is open. */
export function watchEquipment(changed: () => void): void {
  navigator.mediaDevices?.addEventListener('devicechange', changed);
  for (const kind of kinds) void permissionOf(kind).then((status) => status?.addEventListener('change', changed));
}

async function permissionOf(kind: Kind): Promise<PermissionStatus | undefined> {
  try {
    return await navigator.permissions?.query({ name: kind as PermissionName });
  } catch {
    // A browser that knows no such permission refuses the question.
    return undefined;
  }
}
