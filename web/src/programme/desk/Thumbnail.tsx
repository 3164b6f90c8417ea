import type { Scene } from '../../api/contract.ts';
import { arrange, type Box, CONTENT } from '../../floor/stage/arrange.ts';

const [WIDTH, HEIGHT] = [96, 54];

/** A layout in small, drawn by what draws the stage. */
export function Thumbnail({ scene }: { scene: Scene }) {
  const boxes = [...arrange(scene, WIDTH, HEIGHT)];
  return (
    <svg className="thumbnail" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      {boxes.map(([key, box]) => (
        <g key={key} className={key === CONTENT ? 'content' : 'person'} data-chairs={key === 'principal'}>
          <rect x={box.left} y={box.top} width={box.width} height={box.height} />
          {key === CONTENT ? <path d={linesIn(box)} /> : <Figure box={box} chairs={key === 'principal'} />}
        </g>
      ))}
      {scene.kind === 'card' && <path className="lines" d="M26 22h44M34 32h28" />}
    </svg>
  );
}

const linesIn = ({ left, top, width }: Box): string =>
  `M${left + 10} ${top + 12}h${width - 34}m${34 - width} 9h${width - 20}m${20 - width} 9h${width - 26}`;

/** Who chairs sits behind a table: who is heard has the same picture otherwise, and the words are not everywhere. */
function Figure({ box: { left, top, width, height }, chairs }: { box: Box; chairs: boolean }) {
  const foot = top + height * (chairs ? 0.76 : 1);
  return (
    <>
      <circle cx={left + width / 2} cy={top + height * (chairs ? 0.34 : 0.42)} r={height * 0.18} />
      <path d={`M${left + width * 0.28} ${foot}a${width * 0.22} ${height * 0.3} 0 0 1 ${width * 0.44} 0z`} />
      {chairs && <path d={`M${left + width * 0.16} ${foot}h${width * 0.68}v${height * 0.12}h${width * -0.68}z`} />}
    </>
  );
}
