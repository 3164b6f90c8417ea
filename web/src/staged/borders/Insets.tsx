import { useFormats } from '../../i18n/useText.tsx';
import type { Label, View } from './layBorders.ts';
import type { Inset } from './shapes.ts';
import './insets.css';

interface InsetsProps {
  readonly insets: readonly Inset[];
  readonly view: View;
  readonly labels: readonly Label[];
  readonly size: { readonly width: number; readonly height: number };
}

/** FG162, FG163: names of regions that stand enlarged, and lines from what is written to where it lies. */
export function Insets({ insets, view, labels, size }: InsetsProps) {
  const { language } = useFormats();
  const lines = labels.flatMap(({ key, x, y, fits, from }) => (fits && from ? [{ key, x, y, from }] : []));
  return (
    <>
      <svg className="map-leaders" width={size.width} height={size.height} aria-hidden>
        {lines.map(({ key, x, y, from }) => (
          <g key={key}>
            <line x1={x} y1={y} x2={from[0]} y2={from[1]} />
            <circle cx={from[0]} cy={from[1]} r={1.8} />
          </g>
        ))}
      </svg>
      {insets.map(({ name, to: [x, y] }) => (
        <span
          key={name.en}
          className="map-inset"
          style={{ left: view.left + x * view.scale, top: view.top + y * view.scale }}
          aria-hidden
        >
          {name[language]}
        </span>
      ))}
    </>
  );
}
