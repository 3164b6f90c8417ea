const place = new URL('../../../scripts/setup/confinement.mjs', import.meta.url).href;

/** What puts up the walls around a media worker, compiled when it is not there yet; undefined where nothing compiles it. */
export async function launcherHere(): Promise<string | undefined> {
  const setup: { provideLauncher(env: NodeJS.ProcessEnv, tell: (line: string) => void): Promise<string> } =
    await import(place);
  const env: NodeJS.ProcessEnv = process.env.MEDIA_LAUNCHER ? { MEDIA_LAUNCHER: process.env.MEDIA_LAUNCHER } : {};
  await setup.provideLauncher(env, () => undefined);
  return env.MEDIA_LAUNCHER;
}
