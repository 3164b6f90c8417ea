import { types } from 'node:util';

/** Causes and errors within errors are followed this deep, objects of fields likewise; whatever points to itself ends here. */
const DEEPEST = 5;
/** Fields in which anything that was thrown is put, also what is no error. */
const thrownFields = new Set(['err', 'error', 'cause']);
/** What errors of Node, PostgreSQL, Redis and mediasoup say besides; whole statements, rows and passwords stay out. */
const telling = [
  'code',
  'reason',
  'syscall',
  'path',
  'address',
  'port',
  'status',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
] as const;

/**
 * The fields of a log line with every error in it, wherever it stands, as a plain object with its message, its stack and its causes: JSON
 * writes an error as `{}`. Without an error the fields are given back as they are.
 */
export function plainErrors(fields: Record<string, unknown>): Record<string, unknown> {
  return plainFields(fields, DEEPEST);
}

function plainFields(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const [name, value] of Object.entries(fields)) {
    const plain = thrownFields.has(name) ? plainThrown(value, depth) : plainValue(value, depth);
    if (plain === value) continue;
    copy ??= { ...fields };
    copy[name] = plain;
  }
  return copy ?? fields;
}

function plainValue(value: unknown, depth: number): unknown {
  if (isError(value)) return plainError(value, depth);
  if (depth === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.some(isError) ? value.map((item) => plainValue(item, depth - 1)) : value;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null
    ? plainFields(value as Record<string, unknown>, depth - 1)
    : value;
}

/** Whoever throws a text, or nothing at all, is named too. */
export function plainThrown(value: unknown, depth = DEEPEST): unknown {
  if (typeof value === 'object' && value !== null) return plainValue(value, depth);
  return { type: value === null ? 'null' : typeof value, message: String(value) };
}

function plainError(error: Error, depth: number): Record<string, unknown> {
  const plain: Record<string, unknown> = { type: error.name, message: error.message };
  for (const name of telling) if (name in error) plain[name] = Reflect.get(error, name);
  plain.stack = error.stack;
  if (depth === 0) return plain;
  if (error.cause !== undefined) plain.cause = plainThrown(error.cause, depth - 1);
  const inner = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  if (inner.length > 0) plain.errors = inner.map((one) => plainThrown(one, depth - 1));
  return plain;
}

const isError = (value: unknown): value is Error => types.isNativeError(value) || value instanceof Error;
