/** An archipelago, with its province and its islands and reefs: longitude and latitude in degrees, rounded to hundredths. */
interface Archipelago {
  readonly name: string;
  readonly province: string;
  readonly islands: readonly (readonly [longitude: number, latitude: number])[];
}

const HOANG_SA =
  '111.2 15.78, 111.51 16.45, 111.61 16.53, 111.71 16.45, 111.75 16.06, 112.33 16.83, 112.27 16.97, 112.73 16.67, 112.52 16.33';
const TRUONG_SA =
  '111.67 8.67, 111.92 8.65, 112.25 8.85, 112.92 7.89, 113.32 8.18, 113.7 8.97, 112.89 9.55, 113.98 8.82, 114.18 8.72, 114.65 8.85, 115.23 8.37' +
  ', 113.85 10.06, 114.33 9.88, 114.25 9.72, 114.36 10.18, 114.48 10.38, 114.42 10.67, 114.28 11.05, 114.33 11.43, 115.02 11.08, 115.82 10.82, 115.53 9.9';

/** Of each the main islands and reefs, enough to show where it lies and how far it reaches. */
export const archipelagos: readonly Archipelago[] = [
  { name: 'Hoàng Sa', province: '48', islands: placesIn(HOANG_SA) },
  { name: 'Trường Sa', province: '56', islands: placesIn(TRUONG_SA) },
];

function placesIn(list: string): (readonly [number, number])[] {
  return list.split(', ').map((place) => {
    const [longitude, latitude] = place.split(' ').map(Number) as [number, number];
    return [longitude, latitude];
  });
}
