import type { Scene } from '../../api/contract.ts';
import { arrange, CONTENT } from '../../floor/stage/arrange.ts';

const [WIDTH, HEIGHT] = [96, 54];

/** A layout in small, drawn by what draws the stage. */
export function Thumbnail({ scene }: { scene: Scene }) {
  const boxes = [...arrange(scene, WIDTH, HEIGHT)];
  return (
    <svg className="thumbnail" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      {boxes.map(([key, { left, top, width, height }]) => (
        <g key={key} className={key === CONTENT ? 'content' : 'person'}>
          <rect x={left} y={top} width={width} height={height} />
          {key === CONTENT ? (
            <path
              d={`M${left + 10} ${top + 12}h${width - 34}m${34 - width} 9h${width - 20}m${20 - width} 9h${width - 26}`}
            />
          ) : (
            <>
              <circle cx={left + width / 2} cy={top + height * 0.42} r={height * 0.18} />
              <path
                d={`M${left + width * 0.28} ${top + height}a${width * 0.22} ${height * 0.3} 0 0 1 ${width * 0.44} 0z`}
              />
            </>
          )}
        </g>
      ))}
      {scene.kind === 'card' && <path className="lines" d="M26 22h44M34 32h28" />}
    </svg>
  );
}
