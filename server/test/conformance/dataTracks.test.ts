import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PublishDataTrackRequest, RequestResponse_Reason } from '@livekit/protocol';
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
