/** The nodes of a cluster, and sending the viewers of one to the others. usage: npm run dh -- node list|drain|undrain */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease } from '../../server/src/cluster/membership/lease.ts';
import { runCommand } from '../support/openDatabase.ts';
import { ClusterClient } from './ClusterClient.ts';

const usage = `usage: npm run dh -- node list              name, version, since when, load, viewers, whether it drains
       npm run dh -- node drain NAME       no more viewers there; those who are there are sent to the others
       npm run dh -- node undrain NAME     it takes viewers again

drain waits until nobody is at the node any more, and says how many are. Ended with Ctrl-C, the node goes on. A node that
starts anew drains no more. To be run where a node runs, with its settings.`;

const LOOK_EVERY_MS = 500;

runCommand(usage, async () => {
  const [act, name] = process.argv.slice(2);
  if (act !== 'list' && !((act === 'drain' || act === 'undrain') && name !== undefined)) throw new Error(usage);
  const cluster = await ClusterClient.create('dh');
  try {
    if (act === 'list') return list(await cluster.nodes());
    const node = one(await cluster.nodes(), name ?? '');
    await cluster.drain(node, act === 'drain');
    if (act === 'undrain') return console.log(`${node.node} takes viewers again`);
    await untilEmpty(cluster, node);
  } finally {
    await cluster.close();
  }
});

function list(nodes: readonly Lease[]): void {
  if (nodes.length === 0) console.log('this installation has one node, and no list of nodes');
  const rows = nodes.map(({ node, about }) => {
    if (!about) return [node, 'of a version that says nothing of itself'];
    const { load } = about;
    return [
      node,
      about.version,
      `since ${new Date(about.since).toISOString().slice(0, 16).replace('T', ' ')}Z`,
      about.region,
      `${load.viewers} viewers`,
      `${load.devices} devices`,
      `${Math.round(load.packets)} packets/s`,
      `${load.mbit.toFixed(1)}${about.mbit === undefined ? '' : ` of ${about.mbit}`} Mbit/s`,
      `media ${load.workers.toFixed(2)} of ${about.cores} cores`,
      `loop ${Math.round(load.loop * 100)} %`,
      about.drained ? 'is empty' : about.draining ? 'drains' : 'serves',
    ];
  });
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

/** @throws Error when there is none of that name, or more than one */
function one(nodes: readonly Lease[], name: string): Lease {
  const [found, ...more] = nodes.filter(({ node }) => node === name);
  if (found && more.length === 0) return found;
  const names = nodes.map(({ node }) => node).join(', ') || 'none';
  throw new Error(
    found
      ? `there are ${more.length + 1} nodes called ${name}: give each a NODE_ID of its own`
      : `there is no node ${name}; nodes: ${names}`,
  );
}

async function untilEmpty(cluster: ClusterClient, { node, boot }: Lease): Promise<void> {
  let said = '';
  for (;;) {
    const now = (await cluster.nodes()).find((lease) => lease.boot === boot);
    if (!now) return console.log(`${node} has ended`);
    if (now.about && !now.about.draining) return console.log(`${node} was told to take viewers again`);
    const { viewers = 0, devices = 0 } = now.about?.load ?? {};
    if (now.about?.drained) return console.log(`nobody is at ${node} any more: it may be stopped`);
    const says = `${viewers} viewers and ${devices} devices are still at ${node}`;
    if (says !== said) console.log(says);
    said = says;
    await sleep(LOOK_EVERY_MS);
  }
}
