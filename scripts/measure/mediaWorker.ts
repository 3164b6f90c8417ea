/** Sees to it that there is a media worker: MEDIASOUP_WORKER_BIN, or the one that `npm start` keeps or makes. */
export async function provideMediaWorker(): Promise<void> {
  const place = new URL('../setup/worker.mjs', import.meta.url).href;
  const setup: { provideWorker(env: NodeJS.ProcessEnv, node: string, tell: (line: string) => void): Promise<string> } =
    await import(place);
  await setup.provideWorker(process.env, process.execPath, console.error);
}
