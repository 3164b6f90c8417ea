import type { Bus } from '../cluster/bus/Bus.ts';
import type { Carriers } from '../cluster/carrier/Carriers.ts';
import type { Membership } from '../cluster/membership/Membership.ts';
import { nodeAnswer } from '../cluster/requests/nodeRequest.ts';
import type { Requests } from '../cluster/requests/Requests.ts';
import { drainRequest, refusalsRequest, reportRequest } from '../cluster/topics/nodes.ts';
import type { LiveBriefings } from '../domain/briefing/LiveBriefings.ts';
import { NodeDesk } from '../domain/nodes/NodeDesk.ts';
import type { NodeHistory } from '../domain/nodes/NodeHistory.ts';
import type { NodeReport, NodeRun } from '../domain/nodes/ports.ts';
import { RefusalDesk } from '../domain/nodes/RefusalDesk.ts';
import { viewersByUnit } from '../domain/nodes/viewersByUnit.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { nodeRoutes } from '../edge/http/nodes/routes.ts';
import type { Rooms } from '../hall/index.ts';
import type { Sfu } from '../media/sfu/index.ts';
import type { RefusalLog } from '../observability/RefusalLog.ts';
import { codeOf } from '../protocol/organisation.ts';
import type { Base } from './Base.ts';
import type { composeNodes } from './nodes.ts';
import type { Part } from './Part.ts';

/** A node that is busy is not waited for by who looks again in a few seconds. */
const REPORT_WITHIN_MS = 1_500;
const MEASURE_EVERY_MS = 2_000;

interface Needs {
  readonly bus: Pick<Bus, 'self'>;
  readonly membership: Membership | undefined;
  readonly requests: Requests;
  readonly sfu: Sfu;
  readonly rooms: Rooms;
  readonly units: Units;
  readonly liveBriefings: LiveBriefings;
  readonly carriers: Carriers;
  readonly history: NodeHistory;
  readonly refusals: Pick<RefusalLog, 'list'>;
  readonly nodes: Pick<ReturnType<typeof composeNodes>, 'said' | 'placement' | 'setDraining'>;
}

/** PL12, PL13: what operators see of the nodes, whichever of them they ask. */
export function composeNodeDesk({ config }: Base, needs: Needs) {
  const { bus, membership, requests, sfu, rooms, units, liveBriefings, carriers, history, nodes, refusals } = needs;
  const { self } = bus;
  const isSelf = ({ boot }: NodeRun) => boot === self.boot;
  const report = (): NodeReport => ({
    address: config.NODE_URL ?? config.publicUrl,
    pipeAddress: sfu.pipes.address,
    pipes: sfu.pipes.imports.inflows,
    viewers: viewersByUnit(
      rooms.list().flatMap((room) => [...room.participants].map(({ standing }) => standing.path)),
      (path) => units.index.find(codeOf(path))?.path === path,
    ),
  });
  carriers.on('carries', (briefing, { epoch }) => history.note({ kind: 'carries', briefing, epoch }));
  const desk = new NodeDesk({
    self,
    cluster: membership !== undefined,
    nodes: () => [{ ...self, about: nodes.said() }, ...(membership?.nodes ?? [])],
    known: () => membership === undefined || membership.known !== undefined,
    expected: (boot) => nodes.placement.expected(boot),
    need: nodes.placement.need,
    report: async (node) => (isSelf(node) ? report() : requests.one(node, reportRequest, null, REPORT_WITHIN_MS)),
    setDraining: async (node, draining, by) => {
      if (isSelf(node)) return nodes.setDraining(draining, by);
      await requests.one(node, drainRequest, { draining, by });
    },
    carried: () =>
      liveBriefings.list().map(({ id, title }) => {
        // Nobody decides it where there is one node.
        const carrier = membership ? carriers.of(id) : { ...self, epoch: 1, standby: null };
        return {
          ...{ briefing: id, title, epoch: carrier?.epoch ?? null },
          ...{ carrier: carrier?.node ?? null, standby: carrier?.standby?.node ?? null },
        };
      }),
    nameOf: (unit) => units.index.find(unit)?.name,
    events: () => history.last(),
  });
  const refusalDesk = new RefusalDesk({
    nodes: () => [self, ...(membership?.nodes ?? [])],
    refused: async (node) =>
      isSelf(node) ? refusals.list() : requests.one(node, refusalsRequest, null, REPORT_WITHIN_MS),
  });
  const part = {
    name: 'desk of nodes',
    routes: nodeRoutes(desk, refusalDesk),
    nodeAnswers: [nodeAnswer(reportRequest, report), nodeAnswer(refusalsRequest, () => refusals.list())],
    sweeps: [{ name: 'media between nodes', everyMs: MEASURE_EVERY_MS, run: () => sfu.pipes.imports.measure() }],
  } satisfies Part;
  return { part };
}
