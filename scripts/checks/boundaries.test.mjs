import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations, WEB_MAY_IMPORT } from './boundaries.mjs';

for (const [file, source, wrong] of [
  ['server/src/domain/floor/x.ts', "import { Room } from '../../hall/Room.ts';", true],
  ['server/src/domain/floor/x.ts', "import type { Room } from '../../hall/Room.ts';", true],
  ['server/src/domain/floor/x.ts', "import { unitId } from '../../protocol/organisation.ts';", false],
  ['server/src/store/postgres/x.ts', "import type { FloorStore } from '../../domain/floor/ports.ts';", false],
  ['server/src/store/postgres/x.ts', "import { FloorService } from '../../domain/floor/FloorService.ts';", true],
  ['server/src/store/postgres/x.ts', "import { sealHash } from '../../domain/audit/seal.ts';", false],
  ['server/src/store/postgres/x.ts', "import { applyChanges } from '../../domain/floor/FloorState.ts';", false],
  ['server/src/hall/x.ts', "import { createWorker } from 'mediasoup';", true],
  ['server/src/hall/tell/x.ts', "import type { Room } from '../room/Room.ts';", true],
  ['server/src/hall/view/x.ts', "import { Room } from '../index.ts';", true],
  ['server/src/hall/view/x.ts', "import { Publication } from '../publish/Publication.ts';", false],
  ['server/src/hall/view/x.ts', "import type { Stage } from '../../../domain/shared/stage.ts';", false],
  ['server/src/media/sfu/track/x.ts', "import type { Peer } from '../peer/Peer.ts';", true],
  ['server/src/media/sfu/track/x.ts', "import type { SfuPeer } from '../types.ts';", false],
  ['server/src/media/sfu/x.ts', "import { createWorker } from 'mediasoup';", false],
  ['server/src/media/sfu/x.ts', "import { Room } from '../../hall/Room.ts';", true],
  ['server/src/protocol/x.ts', "import { z } from 'zod';", false],
  ['server/src/protocol/x.ts', "import { v4 } from 'uuid';", true],
  ['server/src/protocol/x.ts', "import { assertNever } from '../lib/assertNever.ts';", true],
  ['server/src/compose/App.ts', "import { Sfu } from '../media/sfu/index.ts';", false],
  ['web/src/api/x.ts', "import { Units } from '../../../server/src/domain/organisation/Units.ts';", true],
  ['web/src/ui/x.tsx', "import { useAct } from '../session/useAct.ts';", true],
  ['web/src/session/x.ts', "import { Inbox } from '../directive/seat/Inbox.ts';", true],
  ['web/src/floor/desk/x.tsx', "import { UnitOptions } from '../../organisation/desk/UnitOptions.tsx';", false],
  ['web/src/floor/desk/x.tsx', "import { RoundPanel } from '../../rollcall/desk/RoundPanel.tsx';", true],
  ['web/src/presence/desk/x.tsx', "import '../../floor/desk/calls.css';", true],
  ['web/src/rollcall/seat/x.tsx', "import { RunningCalls } from '../../floor/desk/RunningCalls.tsx';", true],
  ['web/src/floor/x.tsx', "import { CallSheet } from './seat/CallSheet.tsx';", true],
  ['web/src/pages/seat/x.tsx', "import Desk from '../office/Desk.tsx';", true],
  ['web/src/pages/principal/x.tsx', "import Desk from '../office/Desk.tsx';", false],
  ['web/src/app/x.tsx', "const Page = lazyRetried(() => import('../pages/seat/SeatPage.tsx'));", false],
  ['web/src/session/x.tsx', "const Page = lazyRetried(() => import('../pages/seat/SeatPage.tsx'));", true],
  ['web/src/newThings/x.ts', '', true],
  ['server/src/newThings/x.ts', '', true],
]) {
  test(`${wrong ? 'refuses' : 'allows'} in ${file}: ${source}`, () => {
    assert.equal(violations(file, source).length > 0, wrong);
  });
}

test('no part of the web stands on itself by way of others', () => {
  const below = (part, path) => {
    assert.ok(!path.includes(part), [...path, part].join(' > '));
    for (const next of WEB_MAY_IMPORT[part].values) below(next, [...path, part]);
  };
  for (const part of Object.keys(WEB_MAY_IMPORT)) below(part, []);
});
