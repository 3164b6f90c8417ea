import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { RoomEvent } from '@livekit/rtc-node';
import { happens } from '../support/happens.ts';
import { noNamespaces } from '../support/Namespace.ts';
import { suite } from '../support/suite.ts';
import { freshRoom } from '../support/Target.ts';
import { until } from '../support/until.ts';

const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'pipe' });
const title = '#15 ten seconds without media on the wire: it comes back, nobody has left, no track is published again';

/**
 * Media is blocked on the loopback of a network of its own, in which this file runs itself again with server and clients.
 * Against another server, start both it and this file with CONFORMANCE_NAMESPACE=1 in one such network.
 */
if (process.env.CONFORMANCE_NAMESPACE === '1') inside();
else {
  const elsewhere = process.env.CONFORMANCE_URL ? 'SKIPPED: the target is not in a network of its own' : undefined;
  test(title, { skip: noNamespaces() ?? elsewhere ?? false }, async () => {
    // The browser that files share is on another network.
    const { NODE_TEST_CONTEXT: _, TEST_BROWSER: __, ...env } = process.env;
    const args = ['--net', process.execPath, '--test-reporter=spec', fileURLToPath(import.meta.url)];
    const child = spawn('unshare', args, {
      env: { ...env, CONFORMANCE_NAMESPACE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    const [code] = await happens(child, 'close', 200_000);
    assert.equal(code, 0, output);
  });
}

function inside(): void {
  run('ip', 'link', 'set', 'lo', 'up');
  // Browsers gather no candidates on loopback alone; through this address they reach it.
  run('ip', 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth1');
  run('ip', 'addr', 'add', '10.255.0.1/24', 'dev', 'eth0');
  for (const end of ['eth0', 'eth1']) run('ip', 'link', 'set', end, 'up');
  run('ip', 'route', 'add', 'default', 'dev', 'eth0');
  const on = suite();

  test(title, async () => {
    const room = freshRoom('15');
    const an = await on.js(room, 'an');
    const binh = await on.rtc(room, 'binh');
    const sid = await an.publishColour('red');
    const publication = await binh.publishColour('green');
    const eye = await binh.watch('an');
    await until('red', () => eye.colour === 'red');
    await an.sees('binh', 'green');
    const sids = await an.run<string[]>(
      'return [room.localParticipant.sid, ...room.localParticipant.trackPublications.keys()]',
    );
    assert.equal(sids[1], sid);
    const [since, others] = [await an.mark(), binh.events.mark];

    const signal = new URL(on.target.url).port;
    const rules = [`tcp dport ${signal} accept`, `tcp sport ${signal} accept`, 'meta l4proto { tcp, udp } drop'];
    run('nft', 'add table inet cut; add chain inet cut in { type filter hook input priority 0; }');
    for (const rule of rules) run('nft', `add rule inet cut in ${rule}`);
    const cutAt = performance.now();
    await until('the picture stands still', async () => {
      const [mine, its] = [eye.frames, (await an.look('binh'))?.frames];
      const from = performance.now();
      await until('a moment', () => performance.now() - from > 400);
      return eye.frames === mine && (await an.look('binh'))?.frames === its;
    });
    await until('ten seconds', () => performance.now() - cutAt > 10_000, 20_000);
    run('nft', 'delete table inet cut');

    const [mine, its] = [eye.frames, (await an.look('binh'))?.frames ?? 0];
    await until('the picture at rtc-node moves', () => eye.frames > mine + 10 && eye.colour === 'red', 30_000);
    await until(
      'the picture in the browser moves',
      async () => ((await an.look('binh'))?.frames ?? 0) > its + 10,
      30_000,
    );
    assert.equal((await an.look('binh'))?.colour, 'green');
    assert.deepEqual(
      await an.run('return [room.localParticipant.sid, ...room.localParticipant.trackPublications.keys()]'),
      sids,
    );
    assert.equal((await on.target.rooms.getParticipant(room, 'binh')).tracks[0]?.sid, publication.sid);
    assert.deepEqual(binh.events.of(RoomEvent.ParticipantDisconnected, others), []);
    assert.deepEqual(await an.events('participantDisconnected', since), []);
    await binh.say('through');
    await an.saw('dataReceived', { since, where: (text) => text === 'through' });
  });
}
