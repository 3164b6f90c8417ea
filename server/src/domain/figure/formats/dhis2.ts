import { refuse, type Said } from '../../../protocol/errors.ts';
import { demandFew } from './demandFew.ts';
import type { FormatReader, RawRow, RowSink } from './FormatReader.ts';
import { JsonElements } from './JsonElements.ts';
import { parsedObject } from './parsedObject.ts';
import { partFault, type RowFault } from './rowFaults.ts';

const LIST = 'dataValues';
/** How DHIS2 names the whole, by its code and by the id that is the same everywhere. */
const whole = new Set<unknown>([undefined, '', 'default', 'HllvX50cXC0']);

const AROUND: Said = { vi: 'phần bao quanh các giá trị', en: 'what stands around the values' };
const TWO_LISTS: Said = { vi: 'JSON có hai danh sách giá trị', en: 'the JSON has two lists of values' };

type Held = RawRow | { readonly row: number; readonly fault: RowFault };

/**
 * `{"period", "orgUnit", "dataValues": [{"dataElement", "period", "orgUnit", "value"}]}`, exported with codes
 * (`dataElementIdScheme=CODE&orgUnitIdScheme=CODE`). What stands around the list is valid for whoever says nothing else,
 * and may come behind it.
 */
export function dhis2Reader(sink: RowSink): FormatReader {
  const held: Held[] = [];
  const elements = new JsonElements(LIST, (element) => {
    const row = held.length + 1;
    demandFew(row, sink.most);
    held.push(
      heldRow(
        row,
        parsedObject(element, () => ({ vi: `giá trị ${row}`, en: `value ${row}` })),
      ),
    );
  });
  return {
    read: (text) => elements.read(text),
    end: () => {
      const around = parsedObject(elements.end(), () => AROUND);
      const list = around[LIST];
      if (!Array.isArray(list) || list.length > 0) throw refuse('bad-request', TWO_LISTS);
      for (const each of held) {
        if ('fault' in each) sink.bad(each.row, each.fault);
        else {
          const period = each.period ?? around.period;
          sink.row({
            ...each,
            unit: each.unit ?? around.orgUnit,
            period: isoPeriod(period),
          });
        }
      }
    },
  };
}

function heldRow(row: number, found: Record<string, unknown>): Held {
  const { dataElement: indicator, orgUnit: unit, period, value, deleted } = found;
  for (const combination of [found.categoryOptionCombo, found.attributeOptionCombo])
    if (!whole.has(combination)) return { row, fault: partFault(combination) };
  // What was taken back is not there any more.
  return { row, indicator, unit, period, value: deleted === true ? null : value };
}

/** `20261126`, `202611` and `2026W48` with their hyphens; whatever else it is stays as it is. */
function isoPeriod(period: unknown): unknown {
  if (typeof period !== 'string') return period;
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)?$/.exec(period) ?? [];
  if (year !== undefined) return day === undefined ? `${year}-${month}` : `${year}-${month}-${day}`;
  return period.replace(/^(\d{4})W(\d)$/, '$1W0$2').replace(/^(\d{4})W(\d\d)$/, '$1-W$2');
}
