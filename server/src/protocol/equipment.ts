import { z } from 'zod';

/**
 * What a device says of a camera or a microphone. ready: it was opened. denied: the browser may not use it. missing:
 * there is none. failed: it is there and does not open (another program has it). unknown: nobody has tried.
 */
export const equipmentStateSchema = z.enum(['ready', 'denied', 'missing', 'failed', 'unknown']);
export type EquipmentState = z.infer<typeof equipmentStateSchema>;

/** Camera and microphone of a device, as its page found them. */
export const equipmentSchema = z.strictObject({ camera: equipmentStateSchema, microphone: equipmentStateSchema });
export type Equipment = z.infer<typeof equipmentSchema>;
