/** Whether the unit that a column names is closed today. Units change at midnight in Viet Nam. */
export const isOfClosedUnit = (column: string): string =>
  `EXISTS (SELECT FROM units u WHERE u.code = ${column} AND u.closed_on <= (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)`;
