import type { RowFault } from './rowFaults.ts';

/** A row as its file says it: nothing is believed yet. `undefined` is a column that is not there. */
export interface RawRow {
  /** Its place in the file, from 1: a record of CSV with its header, a line of NDJSON, an element of a list. */
  readonly row: number;
  readonly indicator: unknown;
  readonly unit: unknown;
  readonly period: unknown;
  /** null: the source says that there is none. */
  readonly value: unknown;
  readonly status?: unknown;
  readonly seen?: unknown;
}

/** Where a reader puts what it finds, in the order of the file. */
export interface RowSink {
  /** Rows that the file may have. */
  readonly most: number;
  row(row: RawRow): void;
  /** A row that says what nobody may guess at. */
  bad(row: number, fault: RowFault): void;
}

/** One format, read in pieces that end anywhere. Both throw DomainError `bad-request` when the file is not of it. */
export interface FormatReader {
  read(text: string): void;
  /** There is no more. */
  end(): void;
}
