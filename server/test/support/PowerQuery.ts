import assert from 'node:assert/strict';
import { DefaultSettings, type Language, TaskUtils } from '@microsoft/powerquery-parser';
import { parse } from 'csv-parse/sync';

type Node = Language.Ast.TNode;
type Row = Readonly<Record<string, unknown>>;
type Scope = ReadonlyMap<string, unknown>;
type Callable = (...args: readonly never[]) => unknown;

/** Cells of a workbook: each table by its name; a single cell that has a name is a table of one row and `Column1`. */
export type Workbook = Readonly<Record<string, readonly Row[]>>;

/** What `Web.Contents` would send. */
export interface WebRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent of a GET. */
  readonly body: Buffer | undefined;
  /** Of answers that are no error for the query. */
  readonly handled: readonly number[];
}

/**
 * Runs a query in Power Query's language, as far as senders and readers of figures want it: parsed by Microsoft's own parser, with those functions
 * of the library that are below, each as learn.microsoft.com/powerquery-m describes it. Whatever else the query names is an error.
 * @param ask sends the request, and gives the body of the answer
 * @param parameters of Power BI, by their names
 */
export async function runPowerQuery(
  text: string,
  workbook: Workbook,
  ask: (request: WebRequest) => Promise<Buffer>,
  parameters: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const parsed = await TaskUtils.tryLexParse(DefaultSettings, text);
  assert.ok(TaskUtils.isParseStageOk(parsed), 'the query cannot be parsed');
  return evaluate(parsed.ast, new Map(Object.entries({ ...library(workbook, ask), ...parameters })));
}

async function evaluate(node: Node, scope: Scope): Promise<unknown> {
  switch (node.kind) {
    case 'LetExpression': {
      const inside = new Map(scope);
      for (const { node: pair } of node.variableList.elements)
        inside.set(pair.key.literal, await evaluate(pair.value, inside));
      return evaluate(node.expression, inside);
    }
    case 'LiteralExpression':
      return literal(node.literal);
    case 'IdentifierExpression':
      return named(node.identifier.literal, scope);
    case 'RecordExpression': {
      const fields: Record<string, unknown> = {};
      for (const { node: pair } of node.content.elements)
        fields[fieldName(pair.key.literal)] = await evaluate(pair.value, scope);
      return fields;
    }
    case 'ListExpression':
      return all(
        node.content.elements.map((item) => item.node),
        scope,
      );
    case 'ArithmeticExpression': {
      const [left, right] = await all([node.left, node.right], scope);
      assert.equal(node.operatorConstant.constantKind, '&');
      if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
      assert.ok(typeof left === 'string' && typeof right === 'string', 'both sides of & are text, or lists');
      return left + right;
    }
    case 'EachExpression':
      return (value: unknown) => evaluate(node.paired, new Map(scope).set('_', value));
    case 'TypePrimaryType':
      return node.paired;
    case 'RecursivePrimaryExpression': {
      let value = await evaluate(node.head, scope);
      for (const next of node.recursiveExpressions.elements) value = await follow(value, next, scope);
      return value;
    }
    default:
      throw new Error(`no example has had ${node.kind} yet`);
  }
}

/** `f(…)`, `table{0}`, `table{[Name = "…"]}`, `row[Column]`. */
async function follow(value: unknown, next: Node, scope: Scope): Promise<unknown> {
  switch (next.kind) {
    case 'InvokeExpression': {
      const args = await all(
        next.content.elements.map((item) => item.node),
        scope,
      );
      assert.ok(typeof value === 'function', 'only a function is invoked');
      return value(...args);
    }
    case 'ItemAccessExpression': {
      const key = await evaluate(next.content, scope);
      assert.ok(Array.isArray(value), 'only tables and lists have items');
      if (typeof key === 'number') return present(value[key], `item ${key}`);
      const wanted = Object.entries(key as Row);
      const found = value.filter((row: Row) => wanted.every(([name, is]) => row[name] === is));
      assert.equal(found.length, 1, `one row is ${JSON.stringify(key)}`);
      return found[0];
    }
    case 'FieldSelector': {
      const name = fieldName(next.content.literal);
      return present((value as Row)[name], name);
    }
    default:
      throw new Error(`no example has had ${next.kind} yet`);
  }
}

async function all(nodes: readonly Node[], scope: Scope): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const node of nodes) values.push(await evaluate(node, scope));
  return values;
}

function named(name: string, scope: Scope): unknown {
  assert.ok(scope.has(name), `nothing is called ${name}`);
  return scope.get(name);
}

function present<T>(value: T | undefined, what: string): T {
  assert.ok(value !== undefined, `there is no ${what}`);
  return value;
}

/** `#"Content-Type"` -> Content-Type */
const fieldName = (name: string): string => (name.startsWith('#"') ? String(literal(name.slice(1))) : name);

/** Text in quotes, with `""` and `#(lf)`; anything else that the examples have is a number. */
function literal(text: string): string | number {
  if (!text.startsWith('"')) return Number(text);
  const escapes: Readonly<Record<string, string>> = { lf: '\n', cr: '\r', tab: '\t' };
  const inner = text.slice(1, -1).replaceAll('""', '"');
  return inner.replace(/#\((\w+)\)/g, (_, name: string) => present(escapes[name], `#(${name})`));
}

const textOf = (value: unknown): string => {
  assert.equal(typeof value, 'string', `${String(value)} is not text`);
  return value as string;
};

/** What stands in a cell of CSV, as a value of a type; an empty cell is null. */
function ofType(text: string, type: unknown): unknown {
  const name = typeof type === 'string' ? type : (type as Language.Ast.PrimitiveType).primitiveTypeKind;
  if (name === 'text') return text;
  if (text === '') return null;
  const value = name === 'datetimezone' ? new Date(text) : Number(text);
  assert.ok(!Number.isNaN(Number(value)), `${text} is no ${name}`);
  if (name === 'Int64.Type') assert.ok(Number.isInteger(value), `${text} is not whole`);
  else assert.ok(['number', 'datetimezone'].includes(name), `no example has had the type ${name} yet`);
  return value;
}

function library(workbook: Workbook, ask: (request: WebRequest) => Promise<Buffer>): Record<string, unknown> {
  const functions = {
    'Excel.CurrentWorkbook': () => Object.entries(workbook).map(([Name, Content]) => ({ Name, Content })),
    'Table.TransformColumns': async (
      table: readonly Row[],
      changes: readonly (readonly [string, (value: unknown) => Promise<unknown>])[],
    ) => {
      const rows: Row[] = [];
      for (const row of table) {
        const changed: Record<string, unknown> = { ...row };
        for (const [column, change] of changes) changed[column] = await change(present(row[column], column));
        rows.push(changed);
      }
      return rows;
    },
    'Table.ToRows': (table: readonly Row[]) => table.map((row) => Object.values(row)),
    'List.Transform': async (list: readonly unknown[], change: (value: unknown) => Promise<unknown>) => {
      const changed: unknown[] = [];
      for (const value of list) changed.push(await change(value));
      return changed;
    },
    'Text.Combine': (texts: readonly unknown[], separator = '') => texts.map(textOf).join(separator),
    'Text.ToBinary': (text: unknown, encoding: unknown) => Buffer.from(textOf(text), encoding as 'utf8'),
    'TextEncoding.Utf8': 'utf8',
    'Date.From': (value: unknown) => {
      assert.ok(value instanceof Date, `${String(value)} is no date`);
      return value;
    },
    'Date.ToText': (date: Date, { Format }: { Format: string }) => {
      assert.equal(Format, 'yyyy-MM-dd');
      return date.toISOString().slice(0, 10);
    },
    'Number.ToText': (value: unknown, format: string, culture: string) => {
      assert.ok(typeof value === 'number', `${String(value)} is no number`);
      const digits = /^0\.(#+)$/.exec(format)?.[1]?.length;
      assert.notEqual(digits, undefined, `the format ${format} is not one of the examples`);
      return value.toLocaleString(culture, { maximumFractionDigits: digits, useGrouping: false });
    },
    'Web.Contents': (url: unknown, options: Readonly<Record<string, unknown>>) => {
      const { RelativePath, Query, Headers, Content, ManualStatusHandling, ...others } = options;
      assert.deepEqual(Object.keys(others), [], 'options that are not in the examples');
      const path = `${textOf(url)}/${textOf(RelativePath)}?${new URLSearchParams(Query as Record<string, string>)}`;
      const headers = Headers as Record<string, string>;
      return ask({
        url: path,
        headers,
        body: Content as Buffer | undefined,
        handled: (ManualStatusHandling ?? []) as number[],
      });
    },
    'Csv.Document': async (answer: Promise<Buffer> | Buffer, { Delimiter, Encoding, QuoteStyle, ...others }: Row) => {
      assert.deepEqual([Encoding, QuoteStyle, Object.keys(others)], ['utf8', 'csv', []]);
      return parse(await answer, { bom: true, delimiter: textOf(Delimiter) });
    },
    'QuoteStyle.Csv': 'csv',
    'Table.PromoteHeaders': ([header = [], ...rows]: readonly (readonly string[])[]) =>
      rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]]))),
    'Table.TransformColumnTypes': (
      table: readonly Row[],
      types: readonly (readonly [string, unknown])[],
      culture: string,
    ) => {
      assert.equal(culture, 'en-US');
      return table.map((row) => {
        const typed = types.map(([name, type]) => [name, ofType(textOf(present(row[name], name)), type)]);
        return { ...row, ...Object.fromEntries(typed) };
      });
    },
    'Int64.Type': 'Int64.Type',
    'Json.Document': (answer: Buffer) => JSON.parse(answer.toString('utf8')),
  } satisfies Record<string, string | Callable>;
  return functions;
}
