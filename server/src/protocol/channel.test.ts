import assert from 'node:assert/strict';
import { test } from 'node:test';
import { briefingNotices } from './briefing.ts';
import { acts, notices } from './channel.ts';
import { directiveNotices } from './directive.ts';
import { figureActSchemas, figureNotices } from './figure.ts';
import { figureContestSchemas } from './figureAct.ts';
import { figureStageActSchemas, figureStageNotices } from './figureStage.ts';
import { floorActSchemas, floorNotices } from './floor.ts';
import { accountNotices } from './people.ts';
import { presenceActSchemas, presenceNotices } from './presence.ts';
import { programmeActSchemas, programmeNotices } from './programme.ts';
import { questionActSchemas, questionNotices } from './question.ts';
import { rollcallActSchemas, rollcallNotices } from './rollcallChannel.ts';
import { slidesActSchemas, slidesNotices } from './slides.ts';

test('the names of acts and notices are what pages of an older build know', () => {
  assert.deepEqual(Object.keys(acts).sort(), [
    ...['call.accept', 'call.cancel', 'call.end', 'call.leave', 'call.refuse', 'call.start'],
    ...[
      'equipment.tell',
      'figure.contest',
      'figure.withdraw',
      'figures.clear',
      'figures.history',
      'figures.mark',
      'figures.series',
      'figures.show',
      'figures.watch',
      'green.admit',
      'green.checked',
      'hand.lower',
      'hand.raise',
      'presence.here',
      'presence.list',
    ],
    'programme.item',
    'programme.set',
    ...['question.ask', 'question.withdraw'],
    ...['round.answer', 'round.close', 'round.enter', 'round.entries', 'round.expected', 'round.extend'],
    ...['round.numbers', 'round.open', 'round.reopen'],
    ...['round.wall', 'seat.mute', 'seat.remove', 'seat.timer', 'seat.unmute'],
    ...['slides.end', 'slides.point', 'slides.show', 'slides.turn'],
    ...['stage.back', 'stage.breakOut', 'stage.close', 'stage.decline', 'stage.demote', 'stage.enter', 'stage.gather'],
    ...[
      'stage.goLive',
      'stage.leave',
      'stage.muteAll',
      'stage.open',
      'stage.promote',
      'stage.stay',
      'stage.take',
      'stage.visit',
    ],
    ...['still.follow', 'sync'],
  ]);
  assert.deepEqual(Object.keys(notices).sort(), [
    ...['account.news', 'briefing', 'call.over', 'call.ring', 'clock', 'comeback'],
    ...['directive', 'directive.follow', 'directive.reminder', 'directive.tick'],
    ...[
      'farewell',
      'figures',
      'figures.staged',
      'figures.stagedMove',
      'floor',
      'floor.air',
      'floor.handsAway',
      'presence',
      'programme',
      'programme.speaker',
      'question.answered',
      'question.own',
      'question.tick',
      'questions',
      'record',
      'round',
      'round.entry',
      'round.sums',
      'round.tick',
      'rounds',
      'seat.excess',
    ],
    ...['slides', 'slides.pointer', 'stage.look', 'still'],
  ]);
});

test('no slice takes a name of another', () => {
  const count = (maps: readonly object[]) => maps.reduce((sum, map) => sum + Object.keys(map).length, 0);
  const actMaps = [
    ...[floorActSchemas, presenceActSchemas, programmeActSchemas, rollcallActSchemas, slidesActSchemas],
    ...[questionActSchemas, figureActSchemas, figureContestSchemas, figureStageActSchemas],
  ];
  assert.equal(count(actMaps), count([acts]));
  const own = ['farewell', 'comeback', 'clock', 'record'].length;
  const slices = [
    ...[briefingNotices, floorNotices, presenceNotices, programmeNotices],
    ...[rollcallNotices, directiveNotices, slidesNotices, questionNotices, figureNotices, figureStageNotices],
    accountNotices,
  ];
  assert.equal(count(slices) + own, count([notices]));
});
