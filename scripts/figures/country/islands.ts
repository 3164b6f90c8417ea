/** An archipelago, with its province and its islands and reefs: longitude and latitude in degrees, rounded to hundredths. */
interface Archipelago {
  readonly name: string;
  readonly province: string;
  readonly islands: readonly (readonly [longitude: number, latitude: number])[];
}

/** Of each the main islands and reefs, enough to show where it lies and how far it reaches. */
export const archipelagos: readonly Archipelago[] = [
  {
    name: 'Hoàng Sa',
    province: '48',
    islands: [
      ...[at(111.2, 15.78), at(111.51, 16.45), at(111.61, 16.53), at(111.71, 16.45), at(111.75, 16.06)],
      ...[at(112.33, 16.83), at(112.27, 16.97), at(112.73, 16.67), at(112.52, 16.33)],
    ],
  },
  {
    name: 'Trường Sa',
    province: '56',
    islands: [
      ...[at(111.67, 8.67), at(111.92, 8.65), at(112.25, 8.85), at(112.92, 7.89), at(113.32, 8.18), at(113.7, 8.97)],
      ...[at(112.89, 9.55), at(113.98, 8.82), at(114.18, 8.72), at(114.65, 8.85), at(115.23, 8.37), at(113.85, 10.06)],
      ...[
        at(114.33, 9.88),
        at(114.25, 9.72),
        at(114.36, 10.18),
        at(114.48, 10.38),
        at(114.42, 10.67),
        at(114.28, 11.05),
      ],
      ...[at(114.33, 11.43), at(115.02, 11.08), at(115.82, 10.82), at(115.53, 9.9)],
    ],
  },
];

function at(longitude: number, latitude: number): readonly [number, number] {
  return [longitude, latitude];
}
