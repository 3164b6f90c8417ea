/** The part of CanvasRenderingContext2D that `drawPortrait` uses. */
export interface Pen {
  /** A canvas of a browser may have a gradient there. */
  fillStyle: string | object;
  strokeStyle: string | object;
  lineWidth: number;
  lineCap: string;
  font: string;
  textAlign: string;
  textBaseline: string;
  save(): void;
  restore(): void;
  scale(x: number, y: number): void;
  translate(x: number, y: number): void;
  rotate(angle: number): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void;
  ellipse(x: number, y: number, rx: number, ry: number, turn: number, from: number, to: number): void;
  roundRect(x: number, y: number, width: number, height: number, radius: number): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  fillText(words: string, x: number, y: number): void;
  fill(): void;
  stroke(): void;
}

/** How one invented person and their room look; colours as CSS has them. */
export interface Looks {
  readonly wall: string;
  readonly wood: string;
  readonly skin: string;
  readonly hair: string;
  readonly clothes: string;
  readonly shirt: string;
  readonly isWoman: boolean;
  readonly hasGlasses: boolean;
  readonly hairline: number;
  readonly room: 'window' | 'shelf' | 'map';
}

export interface Pose {
  /** Seconds; all that moves is as at the begin after 3.6. */
  readonly at: number;
  /** Of the mouth, 0..1. */
  readonly openness: number;
  readonly isTalking: boolean;
}

/**
 * One frame: somebody at a desk. It runs in a page, so it uses nothing outside itself.
 * @param width of the canvas, pixels; its height is 9/16 of that
 * @param banner words above them; empty: there is none
 */
export function drawPortrait(
  pen: Pen,
  width: number,
  looks: Looks,
  { at, openness, isTalking }: Pose,
  banner: string,
): void {
  const disc = (x: number, y: number, rx: number, ry: number, colour: string): void => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.ellipse(x, y, rx, ry, 0, 0, 7);
    pen.fill();
  };
  const box = (x: number, y: number, w: number, h: number, radius: number, colour: string): void => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.roundRect(x, y, w, h, radius);
    pen.fill();
  };
  pen.save();
  pen.scale(width / 320, width / 320);
  pen.fillStyle = looks.wall;
  pen.fillRect(0, 0, 320, 180);
  if (looks.room === 'window') {
    box(22, 42, 70, 74, 2, '#f5f1e6');
    box(26, 46, 62, 66, 1, '#bcd9ea');
    box(26, 92, 62, 20, 1, '#8fb58a');
    box(55, 44, 4, 70, 0, '#f5f1e6');
  } else if (looks.room === 'shelf') {
    box(232, 40, 74, 88, 2, looks.wood);
    for (let row = 0; row < 3; row++) {
      box(236, 44 + row * 28, 66, 23, 1, '#00000038');
      for (let book = 0; book < 8; book++)
        box(
          238 + book * 8,
          48 + row * 28 + ((book * 5 + row * 3) % 6),
          6,
          19 - ((book * 5 + row * 3) % 6),
          1,
          `hsl(${(book * 47 + row * 90) % 360} 32% 52%)`,
        );
    }
  } else {
    box(228, 42, 72, 62, 2, '#e9e4d2');
    disc(252, 66, 14, 18, '#a9c3a0');
    disc(272, 80, 18, 13, '#c9c08f');
    disc(286, 58, 8, 6, '#9fbdd1');
  }
  if (banner) {
    box(0, 0, 320, 24, 0, '#a4262c');
    pen.fillStyle = '#ffe58a';
    pen.font = 'bold 13px sans-serif';
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(banner, 160, 13);
  }

  const sway = Math.sin((at * 2 * Math.PI) / 3.6) * (isTalking ? 4 : 1.5);
  const nod = isTalking ? Math.sin((at * 2 * Math.PI) / 0.9) * 1.2 : 0;
  pen.translate(160 + sway * 0.4, 0);
  if (looks.isWoman) {
    pen.fillStyle = looks.hair;
    pen.beginPath();
    pen.moveTo(-24, 60);
    pen.quadraticCurveTo(-34, 100, -40, 128);
    pen.lineTo(40, 128);
    pen.quadraticCurveTo(34, 100, 24, 60);
    pen.fill();
  }
  // Shoulders, shirt and collar.
  box(-62, 122, 124, 80, 30, looks.clothes);
  box(-12, 98, 24, 34, 8, looks.skin);
  pen.fillStyle = looks.shirt;
  pen.beginPath();
  pen.moveTo(-17, 122);
  pen.lineTo(17, 122);
  pen.lineTo(0, 158);
  pen.fill();
  if (!looks.isWoman) {
    pen.fillStyle = '#7c2233';
    pen.beginPath();
    pen.moveTo(-4, 126);
    pen.lineTo(4, 126);
    pen.lineTo(5, 150);
    pen.lineTo(0, 156);
    pen.lineTo(-5, 150);
    pen.fill();
  }
  pen.save();
  pen.translate(sway, nod);
  pen.rotate(sway * 0.008);
  disc(-25, 84, 4.5, 7, looks.skin);
  disc(25, 84, 4.5, 7, looks.skin);
  disc(0, 82, 25, 31, looks.skin);
  pen.fillStyle = looks.hair;
  pen.beginPath();
  pen.moveTo(-26, 80);
  pen.quadraticCurveTo(-30, 44, 0, 46);
  pen.quadraticCurveTo(30, 44, 26, 80);
  pen.quadraticCurveTo(22, 58 + looks.hairline, 6, 62 + looks.hairline * 0.4);
  pen.quadraticCurveTo(-18, 60 + looks.hairline, -26, 80);
  pen.fill();
  const isBlinking = at % 1.8 > 1.65;
  for (const x of [-10, 10]) {
    disc(x, 82, 3.6, isBlinking ? 0.6 : 2.4, '#ffffff');
    if (!isBlinking) disc(x + sway * 0.15, 82, 2, 2.2, '#2b1d16');
    box(x - 5, 75 - nod * 0.3, 10, 1.8, 1, looks.hair);
    if (!looks.hasGlasses) continue;
    pen.strokeStyle = '#2d2d34';
    pen.lineWidth = 1.4;
    pen.beginPath();
    pen.ellipse(x, 82, 7.5, 6, 0, 0, 7);
    pen.stroke();
  }
  pen.strokeStyle = '#00000030';
  pen.lineWidth = 1.6;
  pen.lineCap = 'round';
  pen.beginPath();
  pen.moveTo(0, 84);
  pen.lineTo(2.5, 92);
  pen.lineTo(-1, 93);
  pen.stroke();
  if (openness > 0.08) disc(0, 101, 7 - openness * 1.5, 1.2 + openness * 4.2, '#6b2027');
  else {
    pen.strokeStyle = '#8c3a3a';
    pen.lineWidth = 2;
    pen.beginPath();
    pen.moveTo(-6.5, 101);
    pen.quadraticCurveTo(0, 103.5, 6.5, 101);
    pen.stroke();
  }
  pen.restore();
  pen.translate(-sway * 0.4, 0);
  if (isTalking) {
    const lift = Math.max(0, Math.sin((at * 2 * Math.PI) / 1.8)) * 16;
    box(36, 150 - lift, 13, 26, 6, looks.skin);
    box(34, 163 - lift, 17, 30, 6, looks.clothes);
  }
  pen.translate(-160, 0);
  // Desk and microphone.
  box(0, 160, 320, 30, 0, looks.wood);
  box(0, 160, 320, 3, 0, '#ffffff40');
  pen.strokeStyle = '#333338';
  pen.lineWidth = 2.4;
  pen.beginPath();
  pen.moveTo(112, 164);
  pen.quadraticCurveTo(112, 136, 127, 130);
  pen.stroke();
  disc(128, 129, 4.5, 3.4, '#26262b');
  pen.restore();
}
