import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

interface FilterChipsProps<Name extends string> {
  readonly label: string;
  readonly names: readonly Name[];
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
  /** What stands on a chip. */
  readonly children: (name: Name) => ReactNode;
}

/** A row of chips of which exactly one is chosen. */
export function FilterChips<Name extends string>({ label, names, chosen, onChoose, children }: FilterChipsProps<Name>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className="chips"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => {
        const name = names.find((one) => keys.has(one));
        if (name) onChoose(name);
      }}
    >
      {names.map((name) => (
        <ToggleButton key={name} id={name} className="chip">
          {children(name)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
