import { inLine } from '../../../api/contract.ts';

/** Seats are named after their unit: then that is said once. */
export const whoContests = ({ by, unit }: { readonly by: string; readonly unit: string }): string =>
  by.toLowerCase().includes(unit.toLowerCase()) ? by : `${by}, ${inLine(unit)}`;
