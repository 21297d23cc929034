import type { AreaDrawing } from '~/shared/api/generated/boxoffice.schemas';
import styles from './SeatMap.module.css';

interface Point {
  x: number;
  y: number;
}

/** The fields of a plan's area that are drawn. */
interface Area {
  shape?: string;
  color?: string;
  border_color?: string;
  rotation?: number;
  text?: string | { text: string; position?: Point; size?: number };
  rectangle?: { width: number; height: number };
  circle?: { radius: number };
  ellipse?: { radius: Point };
  polygon?: { points: Point[] };
  width?: number;
  height?: number;
}

function Shape({ area }: { area: Area }) {
  const paint = { className: styles.area, fill: area.color, stroke: area.border_color };
  if (area.circle !== undefined) return <circle {...paint} r={area.circle.radius} />;
  if (area.ellipse !== undefined) {
    return <ellipse {...paint} rx={area.ellipse.radius.x} ry={area.ellipse.radius.y} />;
  }
  if (area.polygon !== undefined) {
    const points = area.polygon.points.map(({ x, y }) => `${String(x)},${String(y)}`).join(' ');
    return <polygon {...paint} points={points} />;
  }
  const { width, height } = area.rectangle ?? area;
  return width === undefined ? null : <rect {...paint} width={width} height={height} rx={4} />;
}

function Words({ area }: { area: Area }) {
  const { text } = area;
  if (text === undefined) return null;
  const said = typeof text === 'string' ? { text } : text;
  return (
    <text
      className={styles.areaText}
      x={said.position?.x ?? 0}
      y={said.position?.y ?? 0}
      fontSize={said.size ?? 20}
    >
      {said.text}
    </text>
  );
}

/** Stage, bars and words of a hall. */
export function Areas({ areas }: { areas: readonly AreaDrawing[] }) {
  return (
    <g aria-hidden="true">
      {areas.map(({ x, y, area }, at) => {
        const fields = area as Area;
        const turned = `rotate(${String(fields.rotation ?? 0)})`;
        return (
          <g key={at} transform={`translate(${String(x)} ${String(y)}) ${turned}`}>
            <Shape area={fields} />
            <Words area={fields} />
          </g>
        );
      })}
    </g>
  );
}
