import type { Plugin } from 'vite';

/** What a page of this system never does, and what stands in its place: messages that nobody sends need nobody who keeps them. */
const DATA_TRACKS = `class NoDataTracks {
  on() { return this; }
  updateE2eeManager() {}
  sfuWillRepublishTracks() {}
  resendSubscriptionUpdates() {}
  receiveSfuPublicationUpdates() {}
  receivedSfuPublishResponse() {}
  receivedSfuUnpublishResponse() {}
  receivedSfuSubscriberHandles() {}
  packetReceived() {}
  handlePacketSendComplete() {}
  handleRemoteParticipantDisconnected() {}
  reset() {}
  queryPublished() { return []; }
}
`;
const DROPPED = ['E2EEManager', 'IncomingDataTrackManager', 'OutgoingDataTrackManager'];
const READER = 'var sdpExports = requireSdp();';
const MANAGERS = /\b(?:incoming|outgoing|roomOutgoing)DataTrackManager\.(\w+)/g;

/**
 * livekit-client carries encryption from end to end and tracks of data with it, of which a briefing has neither, and a
 * reader of SDP that only its patches of old browsers used: some seven kilobytes on lines where each counts. Should a
 * later release call what is not here, the build fails and somebody decides anew.
 */
export function withoutUnusedMedia(): Plugin {
  return {
    name: 'without-unused-media',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('livekit-client.esm.mjs')) return undefined;
      const cuts = this.parse(code).body.filter((node) => DROPPED.includes(nameOf(node) ?? ''));
      const classes = cuts.filter(({ type }) => type === 'ClassDeclaration').length;
      if (classes !== DROPPED.length)
        throw new Error('livekit-client no longer has the classes that the page leaves out');
      if (!code.includes(READER)) throw new Error('livekit-client no longer reads SDP for old browsers as it did');
      let kept = '';
      let from = 0;
      for (const { start, end } of cuts) {
        kept += code.slice(from, start);
        from = end;
      }
      kept += code.slice(from);
      for (const [, called = ''] of kept.matchAll(MANAGERS))
        if (!DATA_TRACKS.includes(`  ${called}(`))
          throw new Error(`livekit-client now calls ${called} of tracks of data`);
      const changed = kept
        .replaceAll(/new (?:Incoming|Outgoing)DataTrackManager\(/g, 'new NoDataTracks(')
        .replace('new E2EEManager(', "new (function () { throw new Error('no end-to-end encryption in this page'); })(")
        .replace(READER, 'var sdpExports = {};');
      return { code: DATA_TRACKS + changed, map: null };
    },
  };
}

type Node = { type: string; start: number; end: number };
type Statement = Node & { id?: { name: string } | null; expression?: Node & { left?: { object?: { name?: string } } } };

/** @returns the class that the statement declares, or whose static it sets */
const nameOf = (node: Node): string | undefined => {
  const { id, expression } = node as Statement;
  return id?.name ?? expression?.left?.object?.name;
};
