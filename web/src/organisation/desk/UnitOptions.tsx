import { ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import type { UnitHit } from '../useUnitHits.ts';

/** A unit as text: many share a name, so where it lies belongs to it. */
export const labelOf = (hit: UnitHit): string => (hit.within ? `${hit.name}, ${hit.within}` : hit.name);

/** What a field of units offers, below it. @param empty what is said while there is nothing */
export function UnitOptions({ empty }: { empty: string }) {
  return (
    <Popover className="popover" offset={4}>
      <ListBox<UnitHit> className="listbox" renderEmptyState={() => <p className="empty">{empty}</p>}>
        {(hit) => (
          <ListBoxItem id={hit.code} textValue={labelOf(hit)} className="option">
            <Text slot="label">{hit.name}</Text>
            <Text slot="description" className="soft">
              {hit.within}
            </Text>
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}
