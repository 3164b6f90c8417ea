import type { ReactNode } from 'react';
import { Switches } from './Switches.tsx';

interface PageHeadProps {
  readonly name: string;
  readonly line: string;
  /** The way out, at the end. */
  readonly way?: ReactNode;
}

/** The head of every page out of the room: whose it is or what it is about, language and theme. */
export function PageHead({ name, line, way }: PageHeadProps) {
  return (
    <header className="topbar">
      <div className="who">
        <strong>{name}</strong>
        <span>{line}</span>
      </div>
      <Switches />
      {way}
    </header>
  );
}
