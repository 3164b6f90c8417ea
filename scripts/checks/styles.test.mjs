import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedClasses, statesOfOthers } from './styles.mjs';

const own = ['web/src/floor/stage/stage.css', '.stage { color: red }'];
for (const [file, source, wrong] of [
  ['web/src/rollcall/seat/answer.css', '.answer .stage { flex: 1 }', true],
  ['web/src/rollcall/seat/answer.css', '@media (max-width: 700px) { .stage { flex: 1 } }', true],
  ['web/src/floor/desk/small.css', '.small .stage { flex: 1 }', false],
  ['web/src/pages/seat/page.css', '.page .stage { flex: 1 }', false],
  ['web/src/ui/styles/elements.css', '.stage { flex: 1 }', false],
  ['web/src/rollcall/seat/answer.css', '.answer.stage { flex: 1 } /* .stage */', false],
]) {
  test(`${wrong ? 'refuses' : 'allows'} in ${file}: ${source}`, () => {
    assert.equal(sharedClasses(new Map([own, [file, source]])).length > 0, wrong);
  });
}

const page = ['web/src/app/waitingRoom.css', '.waiting { min-height: 100dvh }\n.waiting-main { flex: 1 }'];
for (const [file, source, wrong] of [
  ['web/src/floor/seat/own.css', '.own.waiting { color: red }', true],
  ['web/src/floor/seat/own.css', '.own.waiting-main { color: red }', true],
  ['web/src/app/other.css', '.other.waiting { color: red }', false],
  ['web/src/floor/seat/own.css', '.own.away { color: red }', false],
]) {
  test(`${wrong ? 'refuses' : 'allows'} beside a page that is .waiting, in ${file}: ${source}`, () => {
    assert.equal(statesOfOthers(new Map([page, [file, source]])).length > 0, wrong);
  });
}
