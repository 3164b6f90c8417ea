import { until } from './until.ts';

/** Waits until a node knows that so many nodes live, itself among them; nodes that have just started do not know at once. */
export async function nodesKnown(internalUrl: string, nodes: number): Promise<void> {
  await until(
    `${internalUrl} knows ${nodes} nodes`,
    async () => new RegExp(`^dh_nodes(\\{.*\\})? ${nodes}$`, 'm').test(await metricsOf(internalUrl)),
    30_000,
  );
}

export const metricsOf = async (internalUrl: string): Promise<string> => (await fetch(`${internalUrl}/metrics`)).text();
