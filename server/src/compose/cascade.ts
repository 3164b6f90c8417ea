import { Counter, Gauge } from 'prom-client';
import type { KeyBox } from '../cluster/bus/KeyBox.ts';
import { alone, type Membership } from '../cluster/membership/Membership.ts';
import { nodeAnswer } from '../cluster/requests/nodeRequest.ts';
import type { Requests } from '../cluster/requests/Requests.ts';
import { dropRequest, movedRequest, pullRequest, renewRequest } from '../cluster/topics/pipe.ts';
import type { LinkedNode, NodeBoot, PipeEnd, PipeLink } from '../media/cascade/PipeLink.ts';
import { MOST_COPIES } from '../media/cascade/planOf.ts';
import type { Sfu } from '../media/sfu/index.ts';
import type { JoinAnswer } from '../protocol/briefing.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly sfu: Sfu;
  readonly bus: { readonly self: NodeBoot };
  readonly membership: Membership | undefined;
  readonly forClients: Pick<JoinAnswer, 'camera'>;
  readonly requests: Requests;
  readonly keyBox: KeyBox;
}

/** Of what the line of a node carries, that goes to copies of one track at most. */
const COPIES_SHARE = 0.1;

/** Media between nodes: the SFU's questions to those of other nodes go by requests, with their keys closed in a box. */
export function composeCascade(
  { config, logger, metrics }: Base,
  { sfu, bus, membership, forClients: { camera }, requests, keyBox }: Needs,
): Part {
  /** CL33: of a line whose capacity is set a part goes to copies of one track, so that others have room beside it. */
  const plannedAs = (about: { region: string; mbit?: number | undefined } | undefined) => {
    const trackMbit = Math.max(...camera.map(({ bitrate }) => bitrate)) / 1_000_000;
    const copies = Math.max(1, Math.floor(((about?.mbit ?? Number.POSITIVE_INFINITY) * COPIES_SHARE) / trackMbit));
    return { region: about?.region, copies: Math.min(copies, MOST_COPIES) };
  };
  const known = (): LinkedNode[] =>
    (membership?.linked ?? []).map(({ node, boot, about }) => ({ node, boot, ...plannedAs(about) }));
  const self: LinkedNode = { ...bus.self, ...plannedAs({ region: config.REGION, mbit: config.NODE_MBIT }) };
  const placeOf = (from: NodeBoot, to: NodeBoot, pipe: string) => `pipe ${pipe} ${from.boot} ${to.boot}`;
  const closed = (end: PipeEnd, place: string): PipeEnd => ({ ...end, key: keyBox.close(place, end.key) });
  const opened = (end: PipeEnd, place: string): PipeEnd => ({ ...end, key: keyBox.open(place, end.key) });

  const link: PipeLink = {
    self,
    nodes: async () => {
      const living = new Set((await (membership ?? alone).others()).map(({ boot }) => boot));
      return known().filter(({ boot }) => living.has(boot));
    },
    known,
    pull: async (from, ask) => {
      const end = closed(ask.end, placeOf(self, from, ask.pipe));
      const pulled = await requests.one(from, pullRequest, { ...ask, end });
      return pulled ? { ...pulled, end: opened(pulled.end, placeOf(from, self, ask.pipe)) } : undefined;
    },
    renew: (from, wishes) => requests.one(from, renewRequest, wishes),
    drop: async (from, pipes) => {
      await requests.one(from, dropRequest, pipes);
    },
    tell: async (to, state) => {
      await requests.one(to, movedRequest, state);
    },
  };
  sfu.pipes.join(link);

  const nodeAnswers = [
    nodeAnswer(pullRequest, async (ask, by) => {
      const end = opened(ask.end, placeOf(by, self, ask.pipe));
      const pulled = await sfu.pipes.pull(by, { ...ask, end });
      return pulled ? { ...pulled, end: closed(pulled.end, placeOf(self, by, ask.pipe)) } : null;
    }),
    nodeAnswer(renewRequest, (wishes, by) => sfu.pipes.renew(by, wishes)),
    nodeAnswer(dropRequest, (pipes, by) => {
      sfu.pipes.drop(by, pipes);
      return null;
    }),
    nodeAnswer(movedRequest, (state, by) => {
      sfu.pipes.told(by, state);
      return null;
    }),
  ];

  const registers = [metrics.registry];
  new Gauge({
    name: 'dh_pipes',
    help: 'Tracks that this node sends to other nodes (out), and takes from them (in).',
    labelNames: ['direction'],
    registers,
    collect() {
      this.set({ direction: 'out' }, sfu.pipes.exports.size);
      this.set({ direction: 'in' }, sfu.pipes.imports.size);
    },
  });
  new Gauge({
    name: 'dh_pipe_lost_share',
    help: 'Of the packets that this node takes from another, the share that did not come; of the worst of them.',
    registers,
    collect() {
      const shares = sfu.pipes.imports.inflows.flatMap(({ lost }) => lost ?? []);
      if (shares.length > 0) this.set(Math.max(...shares));
      else this.remove();
    },
  });
  const pulls = new Counter({
    name: 'dh_pipe_pulls_total',
    help: 'How often a track of another node was asked for, by what came of it.',
    labelNames: ['result'],
    registers,
  });
  sfu.on('pulled', ({ result, sid, error: err }) => {
    pulls.inc({ result });
    if (err !== undefined) logger.warn({ err, track: sid }, 'a track of another node could not be pulled');
  });
  return { name: 'media between nodes', nodeAnswers };
}
