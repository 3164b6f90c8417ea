import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGolden } from '../../../test/support/sdp/golden.ts';
import { sampleTransport } from '../../../test/support/sdp/samples.ts';
import { PublisherAnswerer } from './answer.ts';
import { parsePublisherOffer } from './offer.ts';
import { offeredMimes, publishParameters } from './publish.ts';

/** Chromium's own offer of a camera, section 1, with these forms of H.264 for its codecs, and VP8 behind them if told so. */
function offer(forms: readonly string[], options: { vp8?: boolean; fmtp?: string } = {}): string {
  const recorded = readGolden('chromium-h264').filter((r) => r.type === 'offer' && r.from === 'client')[1];
  assert.ok(recorded?.type === 'offer');
  const [session, application, video] = recorded.sdp.split(/(?=^m=)/m);
  const codecs = [
    ...forms.flatMap((form, i) => {
      const [profile, mode] = form.split('/');
      const fmtp = [options.fmtp ?? 'level-asymmetry-allowed=1', mode && `packetization-mode=${mode}`];
      const parameters = [...fmtp, `profile-level-id=${profile}`].filter(Boolean).join(';');
      return [`a=rtpmap:${96 + i} H264/90000`, `a=fmtp:${96 + i} ${parameters}`, `a=rtcp-fb:${96 + i} nack pli`];
    }),
    ...(options.vp8 ? ['a=rtpmap:120 VP8/90000'] : []),
  ];
  const types = [...forms.map((_, i) => 96 + i), ...(options.vp8 ? [120] : [])].join(' ');
  const rest = video?.split('\r\n').filter((line) => line !== '' && !/^(m=|a=(rtpmap|fmtp|rtcp-fb|ssrc))/.test(line));
  const section = [`m=video 9 UDP/TLS/RTP/SAVPF ${types}`, ...(rest ?? []), ...codecs].join('\r\n');
  return `${session}${application}${section}\r\n`;
}

/** What is answered and produced of it. */
function take(sdp: string) {
  const parsed = parsePublisherOffer(sdp);
  const decision = { do: 'publish', mime: 'video/H264', disableDtx: false, stereo: false } as const;
  const { rtpParameters } = publishParameters(parsed, '1', decision);
  const answer = new PublisherAnswerer(1).answer(parsed, new Map([['1', decision]]), sampleTransport).sdp;
  const codec = rtpParameters.codecs[0];
  return { payloadType: codec?.payloadType, parameters: codec?.parameters, answer };
}

/** Which of the forms is taken, and the level that viewers are told. */
const tables: Readonly<Record<string, { forms: string[]; taken: number; level: string }>> = {
  'Chromium on Linux': {
    forms: ['42001f/1', '42001f/0', '42e01f/1', '42e01f/0', '4d001f/1', '4d001f/0'],
    taken: 2,
    level: '1f',
  },
  'Safari, high profile first': { forms: ['640c1f/1', '42e01f/1', '640c1f/0', '42e01f/0'], taken: 1, level: '1f' },
  'native SDKs on iOS, of a higher level': { forms: ['640c2a/1', '42e02a/1'], taken: 1, level: '2a' },
  'Android hardware': { forms: ['42e01f/1', '640c1f/1'], taken: 0, level: '1f' },
  'pion (Go SDK)': {
    forms: ['42001f/1', '42001f/0', '42e01f/1', '42e01f/0', '4d001f/1', '64001f/1'],
    taken: 2,
    level: '1f',
  },
  'constrained baseline in the words of main': { forms: ['4d001f/1', '4d8020/1'], taken: 1, level: '20' },
  'packetization mode 0 alone': { forms: ['640c1f/0', '42e01f/0'], taken: 1, level: '1f' },
  'no packetization mode, which means 0': { forms: ['42e01f'], taken: 0, level: '1f' },
  'baseline alone': { forms: ['4d001f/1', '42001f/0', '42001f/1'], taken: 2, level: '1f' },
};

for (const [who, { forms, taken, level }] of Object.entries(tables))
  test(`${who}: the publisher gets a form of their own, viewers constrained baseline in mode 1`, () => {
    const { payloadType, parameters, answer } = take(offer(forms));
    assert.equal(payloadType, 96 + taken);
    assert.deepEqual(parameters, {
      'level-asymmetry-allowed': 1,
      'packetization-mode': 1,
      'profile-level-id': `42e0${level}`,
    });
    const [profile, mode] = forms[taken]?.split('/') ?? [];
    const fmtp = ['level-asymmetry-allowed=1', mode && `packetization-mode=${mode}`].filter(Boolean).join(';');
    assert.ok(
      answer.includes(`a=fmtp:${96 + taken} ${fmtp};profile-level-id=${profile}\r\n`),
      'the answer repeats the offer',
    );
  });

test('without level asymmetry none is claimed towards viewers', () => {
  const { parameters } = take(offer(['42e01f/1'], { fmtp: 'x-google-start-bitrate=1000' }));
  assert.deepEqual(parameters, { 'packetization-mode': 1, 'profile-level-id': '42e01f' });
});

for (const forms of [['4d0032/1'], ['640c1f/1', '640032/1'], ['f4001f/1'], ['42e01f/2'], ['42e0ff/1'], ['nonsense/1']])
  test(`${forms.join(' and ')} alone is not taken: it goes by VP8 where that is offered`, () => {
    assert.deepEqual(offeredMimes(parsePublisherOffer(offer(forms, { vp8: true })), '1'), ['video/VP8']);
    assert.throws(() => take(offer(forms)), { name: 'SdpError' });
  });
