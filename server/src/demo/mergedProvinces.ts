import type { UnitCode } from '../protocol/organisation.ts';

/** The provinces of before July 2025 that became part of another one then, and of which (Resolution 202/2025/QH15). */
export const mergedInto: Readonly<Record<UnitCode, UnitCode>> = {
  ...{ '02': '08', '10': '15', '06': '19', '17': '25', '26': '25', '27': '24', '30': '31', '34': '33', '35': '37' },
  ...{ '36': '37', '45': '44', '49': '48', '62': '51', '64': '52', '54': '66', '58': '56', '60': '68', '67': '68' },
  ...{ '70': '75', '72': '80', '74': '79', '77': '79', '87': '82', '83': '86', '84': '86', '89': '91', '93': '92' },
  ...{ '94': '92', '95': '96' },
};
