import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeFormula, readFormula, withoutFormulas } from './formulas.ts';

const CALL = "=cmd|' /C calc'!A0";

test('RP5 no text is a formula, neither whole nor where a spreadsheet with another separator would cut it', () => {
  for (const [text, safe] of [
    [CALL, `'${CALL}`],
    ['＝1+1', "'＝1+1"],
    [`Xã; ${CALL};`, `Xã; '${CALL};`],
    [`Xã;"${CALL}`, `Xã;"'${CALL}`],
    ['Đã xong\n=HYPERLINK("http://x.vn")', 'Đã xong\n\'=HYPERLINK("http://x.vn")'],
    [`a\t-2+3+cmd|' /C calc'!A0`, `a\t'-2+3+cmd|' /C calc'!A0`],
    ['Việc cần làm:\n- sơ tán dân; - kiểm tra đê', 'Việc cần làm:\n- sơ tán dân; - kiểm tra đê'],
    ['Hà Nội (Thủ đô)', 'Hà Nội (Thủ đô)'],
  ] as const)
    assert.equal(withoutFormulas(text), safe);
});

test('CT5 IM7 what would be a formula is read again as it was, and a telephone is left alone', () => {
  const inner = [`x;${CALL}`, `x; '${CALL}`, `;;${CALL}\t=1`, 'a\r\n-1', "x;'y", '\t=1'];
  for (const text of [CALL, `'${CALL}`, `''${CALL}`, '@a', "'quoted'", 'Nguyễn Văn A', '+84 (0)236-3822', '', ...inner])
    assert.equal(readFormula(escapeFormula(text)), text);
  for (const text of [CALL, '-2+3+cmd', '＠a']) assert.equal(escapeFormula(text), `'${text}`);
  for (const text of inner) assert.doesNotMatch(escapeFormula(text), /(^|[;\t\r\n]) *[=+\-@]/);
  assert.equal(escapeFormula('+84 (0)236-3822'), '+84 (0)236-3822');
});
