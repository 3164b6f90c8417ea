import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDecimal, stepsOf } from './figureValue.ts';

for (const [text, scale, steps] of [
  ['12', 0, 12],
  ['12.0', 0, 12],
  ['+12', 1, 120],
  ['-0', 2, 0],
  ['-12.34', 2, -1234],
  ['0.100', 1, 1],
  ['800000000000', 0, 800_000_000_000],
  ['800000.000000', 6, 800_000_000_000],
] as const)
  test(`FG2 ${text} with ${scale} decimals is ${steps} steps`, () => assert.equal(stepsOf(text, scale), steps));

for (const [text, scale] of [
  ['12.5', 0],
  ['0.001', 2],
  ['800000000001', 0],
  ['-800000000000.1', 1],
  ['800000.000001', 6],
  ['1e3', 0],
  ['1,5', 1],
  ['1.234.567', 0],
  ['NaN', 0],
  ['Infinity', 0],
  ['', 0],
  [' 1', 0],
  ['.5', 1],
  ['5.', 1],
  ['--1', 0],
  ['0x10', 0],
  ['٣', 0],
  ['9'.repeat(40), 0],
] as const)
  test(`FG2 "${text}" is no value with ${scale} decimals, and is not rounded to one`, () =>
    assert.equal(stepsOf(text, scale), undefined));

for (const [text, style, decimal] of [
  ['1234.5', 'plain', '1234.5'],
  ['1.234', 'plain', '1.234'],
  ['1.234', 'vi', '1234'],
  ['1.234', 'en', '1.234'],
  ['1.234.567,8', 'vi', '1234567.8'],
  ['1,234,567.8', 'en', '1234567.8'],
  ['1 234', 'vi', '1234'],
  ['\u22125', 'vi', '-5'],
  ['12,5', 'vi', '12.5'],
  ['12.5', 'vi', undefined],
  ['1234.567', 'vi', undefined],
  ['1,23', 'en', undefined],
  ['1,234', 'plain', undefined],
  ['1.23.456', 'vi', undefined],
  ['1e3', 'plain', undefined],
  ['', 'vi', undefined],
] as const)
  test(`FG73 "${text}" in the style ${style} is ${decimal ?? 'no number'}`, () => {
    assert.equal(readDecimal(text, style), decimal);
  });
