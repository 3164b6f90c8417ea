import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddTrackRequest, PublishDataTrackRequest, RequestResponse_Reason, TrackType } from '@livekit/protocol';
import { SignalClient } from '../support/SignalClient.ts';
import { suite } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';

const on = suite();

/** A LiveKit server refuses so where `enable_data_tracks` is false, or its client may publish no data. */
test('a data track is refused as NOT_ALLOWED, which the browser tells its page', async (t) => {
  const room = freshRoom('data');
  const grant = on.target.own ? {} : { canPublishData: false };
  const an = await on.js(room, 'an', { grant });
  await assert.rejects(
    an.run(`await room.localParticipant.publishDataTrack({ name: 'd' })`),
    /not.?allowed|permission/i,
  );
  const raw = await SignalClient.open(on.target.url, await on.target.token('raw', room, grant));
  t.after(() => raw.close());
  await raw.saw('join');
  raw.send({ case: 'publishDataTrackRequest', value: new PublishDataTrackRequest({ pubHandle: 7, name: 'd' }) });
  const { reason, request } = await raw.saw('requestResponse');
  assert.equal(reason, RequestResponse_Reason.NOT_ALLOWED);
  assert.equal(request.case === 'publishDataTrack' && request.value.pubHandle, 7);
});

test('a second codec for a track is refused: nobody is asked for one', async (t) => {
  if (!on.target.own) return t.skip('LiveKit takes backup codecs');
  const raw = await SignalClient.open(on.target.url, await on.target.token('raw', freshRoom('backup')));
  t.after(() => raw.close());
  const video = { type: TrackType.VIDEO, width: 640, height: 360 };
  const codecs = [
    { codec: 'vp8', cid: 'c' },
    { codec: 'h264', cid: '' },
  ];
  raw.send({ case: 'addTrack', value: new AddTrackRequest({ ...video, cid: 'c', simulcastCodecs: codecs }) });
  const { track } = await raw.saw('trackPublished');
  assert.deepEqual(
    track?.codecs.map((codec) => codec.mimeType),
    ['video/VP8'],
  );
  const second = new AddTrackRequest({ ...video, cid: 'd', sid: track?.sid ?? '', simulcastCodecs: codecs });
  raw.send({ case: 'addTrack', value: second });
  const { reason, request } = await raw.saw('requestResponse');
  assert.equal(reason, RequestResponse_Reason.NOT_ALLOWED);
  assert.equal(request.case === 'addTrack' && request.value.sid, track?.sid);
});
