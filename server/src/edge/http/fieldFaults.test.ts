import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { indicatorCodeSchema } from '../../protocol/figure.ts';
import { text } from '../../protocol/text.ts';
import { uuidSchema } from '../../protocol/uuid.ts';
import { parsed } from './fieldFaults.ts';
import { asRefusal, problemIn } from './problems.ts';

const body = z.strictObject({
  rows: z.array(z.strictObject({ value: z.number().max(9), unit: indicatorCodeSchema.optional() })).min(1),
  key: uuidSchema.optional(),
  mode: z.enum(['partial', 'whole']).optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  reason: text(5).optional(),
  what: z.union([z.strictObject({ all: z.literal(true) }), z.strictObject({ units: z.array(z.string()) })]).optional(),
});

const refusalOf = (schema: z.ZodType, sent: unknown) => {
  try {
    parsed(schema, sent);
  } catch (error) {
    return asRefusal(error);
  }
  throw new Error('it was taken');
};
/** Of an otherwise good body: what is said of it, in both languages, and the code of each field. */
function saidOf(more: object) {
  const refusal = refusalOf(body, { rows: [{ value: 1 }], ...more });
  const of = (language: 'vi' | 'en') => problemIn(refusal, language).error;
  assert.equal(refusal.reason, 'bad-request');
  assert.deepEqual(
    of('vi').fields?.map(({ at, code }) => [at, code]),
    of('en').fields?.map(({ at, code }) => [at, code]),
  );
  return [of('vi').message, of('en').message, ...(of('vi').fields ?? []).map(({ code }) => code)];
}

test('FG201 each field is named as it was sent, with what is expected in plain words and a code that stays', () => {
  const told: readonly (readonly [object, ...string[]])[] = [
    [
      { rows: [{ value: 1 }, { value: 'x' }] },
      ...['rows[1].value: phải là một số', 'rows[1].value: must be a number', 'wrong-type'],
    ],
    [{ rows: [{}] }, 'rows[0].value: bắt buộc phải có', 'rows[0].value: is required', 'missing'],
    [{ rows: [{ value: 10 }] }, 'rows[0].value: nhiều nhất là 9', 'rows[0].value: must be at most 9', 'too-large'],
    [{ rows: [] }, 'rows: phải có ít nhất 1 mục', 'rows: must have at least 1 item', 'too-short'],
    [{ rows: {} }, 'rows: phải là một danh sách', 'rows: must be a list', 'wrong-type'],
    [{ row: 1 }, 'row: không có trường này', 'row: there is no such field', 'unknown'],
    [
      { mode: 'some' },
      ...['mode: phải là một trong: partial, whole', 'mode: must be one of: partial, whole', 'not-one-of'],
    ],
    [{ key: 'x' }, 'key: phải là một UUID', 'key: must be a UUID', 'wrong-form'],
    [
      { at: 'today' },
      'at: phải là ngày giờ kèm múi giờ (2026-11-26T17:42:00+07:00)',
      'at: must be a date and time with its offset (2026-11-26T17:42:00+07:00)',
      'wrong-form',
    ],
    [{ reason: 'too long' }, 'reason: nhiều nhất 5 ký tự', 'reason: must have at most 5 characters', 'too-long'],
    [
      { reason: 'a\u0000' },
      'reason: có ký tự không lưu được',
      'reason: holds a character that no record can keep',
      'not-allowed',
    ],
    [
      { rows: [{ value: 1, unit: 'A B' }] },
      'rows[0].unit: phải là mã gồm chữ thường không dấu, chữ số và dấu gạch nối, bắt đầu bằng chữ',
      'rows[0].unit: must be a code of small letters, digits and hyphens that begins with a letter',
      'wrong-form',
    ],
    [{ what: { units: [1] } }, 'what.units[0]: phải là văn bản', 'what.units[0]: must be a text', 'wrong-type'],
    [{ what: 3 }, 'what: không đúng dạng', 'what: does not have the expected form', 'wrong-type'],
    [
      { mode: 1, key: 2 },
      'key: phải là văn bản; mode: phải là một trong: partial, whole',
      'key: must be a text; mode: must be one of: partial, whole',
      ...['wrong-type', 'not-one-of'],
    ],
  ];
  for (const [sent, ...said] of told) assert.deepEqual(saidOf(sent), said, JSON.stringify(sent));
});

test('FG201 of what is wrong as a whole, and of very much that is wrong, it is said in a few words', () => {
  const whole = problemIn(refusalOf(body, [1]), 'vi').error;
  assert.deepEqual([whole.message, whole.fields?.[0]?.at], ['nội dung gửi lên: phải là một đối tượng JSON', '']);
  const many = problemIn(refusalOf(body, { rows: Array.from({ length: 400 }, () => ({ value: 'x' })) }), 'vi').error;
  assert.match(many.message, /rows\[4\]\.value: phải là một số; và 395 lỗi khác$/);
  assert.equal(many.fields?.length, 20);
  const long = problemIn(refusalOf(body, { rows: [{ value: 1 }], ['x'.repeat(9_000)]: 1 }), 'en').error;
  assert.ok(long.message.length < 200);
});

test('FG201 nobody reads the words of a library', () => {
  for (const sent of [
    { rows: 3 },
    { rows: [null] },
    { mode: null },
    { at: 5 },
    { what: {} },
    { rows: [{ value: Number.NaN }] },
  ])
    for (const said of saidOf(sent)) assert.doesNotMatch(said, /Invalid|Unrecognized|received|expected [a-z]+,|✖|→/);
});
