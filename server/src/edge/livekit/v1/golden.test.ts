import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JoinRequest, SignalRequest, SignalResponse } from '@livekit/protocol';
import { goldenNames, readGolden } from '../../../../test/support/recordV1/golden.ts';
import { unwrap, wrap } from '../../../../test/support/recordV1/joinRequest.ts';
import { all, first, readSdp, type SdpSection } from '../../../media/sdp/document.ts';
import { parsePublisherOffer } from '../../../media/sdp/index.ts';

/** The rules are those of docs/protocol/livekit-v1.md: what the recordings must show for us to build on them. */
const names = goldenNames();

interface Step {
  readonly from: 'client' | 'server';
  /** `offer`, `answer`, `mediaSectionsRequirement`, … or `upgrade`. */
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: messages of forty kinds, as JSON.
  readonly value: any;
}

/** Messages of one recording in their order; the offer inside a join request counts as a message of its own. */
function steps(name: string): Step[] {
  return readGolden(name).flatMap((passed): Step[] => {
    if ('upgrade' in passed) {
      const { joinRequest } = passed.query.join_request as { joinRequest: { publisherOffer?: object } };
      const upgrade: Step = { from: 'client', name: 'upgrade', value: joinRequest };
      const { publisherOffer: value } = joinRequest;
      return value ? [upgrade, { from: 'client', name: 'offer', value }] : [upgrade];
    }
    const message = 'request' in passed ? passed.request : 'response' in passed ? passed.response : undefined;
    if (message === undefined || !('from' in passed)) return [];
    return Object.entries(message as object).map(([key, value]) => ({ from: passed.from, name: key, value }));
  });
}

const of = (list: readonly Step[], from: Step['from'], ...kinds: string[]) =>
  list.filter((step) => step.from === from && kinds.includes(step.name));
const direction = ({ attributes }: SdpSection) =>
  ['sendrecv', 'sendonly', 'recvonly', 'inactive'].find((d) => attributes.has(d)) ?? 'sendrecv';
const mid = ({ attributes }: SdpSection) => first(attributes, 'mid') ?? '';

test('there are recordings', () => {
  assert.deepEqual(names, ['audience', 'permission', 'publish', 'resume', 'rtc-node', 'subscribe']);
});

for (const name of names) {
  const list = steps(name);

  test(`${name}: messages are the protocol's own, and stay what they are over a round trip`, () => {
    for (const passed of readGolden(name)) {
      if ('request' in passed) {
        const message = SignalRequest.fromJson(passed.request);
        assert.deepEqual(SignalRequest.fromBinary(message.toBinary()).toJson(), passed.request);
      }
      if ('response' in passed) {
        const message = SignalResponse.fromJson(passed.response);
        assert.deepEqual(SignalResponse.fromBinary(message.toBinary()).toJson(), passed.response);
      }
    }
  });

  test(`V1-1 ${name}: everything of the joining client is in join_request, and survives its wrapping`, () => {
    for (const { value } of of(list, 'client', 'upgrade')) {
      const { joinRequest } = unwrap(wrap(JoinRequest.fromJson(value)));
      assert.deepEqual(joinRequest.toJson(), value);
    }
  });

  test(`V1-2 ${name}: a new session brings its offer along, a resumed one does not`, () => {
    for (const { value } of of(list, 'client', 'upgrade')) {
      assert.equal('publisherOffer' in value, !value.reconnect);
      assert.equal('participantSid' in value, Boolean(value.reconnect));
    }
  });

  test(`V1-3 ${name}: the first frame is join, or reconnect`, () => {
    list.forEach((step, i) => {
      if (step.name !== 'upgrade') return;
      const next = list.slice(i + 1).find((s) => s.from === 'server');
      assert.equal(next?.name, step.value.reconnect ? 'reconnect' : 'join');
    });
    for (const { value } of of(list, 'server', 'join')) assert.ok(!value.subscriberPrimary);
  });

  test(`V1-4 ${name}: the server never offers, and answers each offer once, in order, under its id`, () => {
    assert.deepEqual([...of(list, 'server', 'offer'), ...of(list, 'client', 'answer')], []);
    const offers = of(list, 'client', 'offer').map((step) => step.value.id ?? 0);
    assert.deepEqual(
      of(list, 'server', 'answer').map((step) => step.value.id ?? 0),
      offers,
    );
  });

  test(`V1-5 ${name}: answers have the sections of their offers, and the server is the DTLS client`, () => {
    const answers = of(list, 'server', 'answer');
    of(list, 'client', 'offer').forEach(({ value }, i) => {
      const offer = readSdp(value.sdp);
      const answer = readSdp(answers[i]?.value.sdp);
      assert.deepEqual(
        answer.sections.map((s) => [s.kind, mid(s)]),
        offer.sections.map((s) => [s.kind, mid(s)]),
      );
      for (const section of answer.sections) assert.equal(first(section.attributes, 'setup'), 'active');
      answer.sections.forEach((section, j) => {
        const offered = offer.sections[j];
        if (section.kind === 'application' || !offered) return;
        if (direction(offered) === 'recvonly') assert.match(direction(section), /^(sendonly|inactive)$/);
        if (/^send/.test(direction(offered))) assert.equal(direction(section), 'recvonly');
        if (direction(offered) === 'inactive') assert.equal(direction(section), 'inactive');
      });
    });
  });

  test(`V1-6 ${name}: midToTrackId names the sections that carry a track, each by its msid, and no other`, () => {
    for (const { value } of of(list, 'server', 'answer')) {
      const carried = readSdp(value.sdp).sections.flatMap((section) => {
        const [msid] = all(section.attributes, 'msid');
        return direction(section) === 'sendonly' && msid !== undefined ? [[mid(section), msid.split(' ')[1]]] : [];
      });
      assert.deepEqual(value.midToTrackId ?? {}, Object.fromEntries(carried));
    }
  });

  test(`V1-7 ${name}: what is asked for by mediaSectionsRequirement is in the offer that follows`, () => {
    let sections = 0;
    let asked = 0;
    for (const step of list) {
      if (step.name === 'upgrade' && !step.value.reconnect) sections = asked = 0;
      if (step.name === 'mediaSectionsRequirement') asked += (step.value.numAudios ?? 0) + (step.value.numVideos ?? 0);
      if (step.name !== 'offer') continue;
      const now = readSdp(step.value.sdp).sections.filter((s) => direction(s) === 'recvonly').length;
      if (sections > 0) assert.ok(now >= sections + asked, `${sections} and ${asked} asked for, ${now} offered`);
      sections = now;
      asked = 0;
    }
    assert.equal(asked, 0, 'asked for, and never offered');
  });

  test(`V1-8 ${name}: the server sends with the payload types and extension ids of the offer`, () => {
    const answers = of(list, 'server', 'answer');
    of(list, 'client', 'offer').forEach(({ value }, i) => {
      const answer = readSdp(answers[i]?.value.sdp);
      readSdp(value.sdp).sections.forEach((offered, j) => {
        const section = answer.sections[j];
        if (!section || direction(offered) !== 'recvonly') return;
        for (const format of section.formats)
          assert.ok(offered.formats.includes(format), `${format} of ${mid(section)}`);
        const ids = new Set(all(offered.attributes, 'extmap').map((line) => line.split(' ')[0]));
        for (const line of all(section.attributes, 'extmap')) assert.ok(ids.has(line.split(' ')[0]), line);
      });
    });
  });

  test(`${name}: our own reader takes each offer`, () => {
    for (const { value } of of(list, 'client', 'offer')) {
      const { sections } = parsePublisherOffer(value.sdp);
      assert.equal(sections.length, readSdp(value.sdp).sections.length);
    }
  });
}

test('V1-9 a resume restarts ICE on both sides, and keeps every section', () => {
  for (const name of ['resume', 'rtc-node']) {
    const list = steps(name);
    const at = list.findIndex((step) => step.name === 'reconnect');
    const pick = (part: readonly Step[], from: Step['from'], kind: string, last = false) => {
      const found = of(part, from, kind);
      return readSdp((last ? found.at(-1) : found[0])?.value.sdp).sections;
    };
    for (const [from, kind] of [
      ['client', 'offer'],
      ['server', 'answer'],
    ] as const) {
      const before = pick(list.slice(0, at), from, kind, true);
      const after = pick(list.slice(at), from, kind);
      const ufrag = (sections: readonly SdpSection[]) => first(sections[0]?.attributes ?? new Map(), 'ice-ufrag');
      assert.notEqual(ufrag(after), ufrag(before));
      assert.deepEqual(after.map(mid), before.map(mid));
    }
  }
});
