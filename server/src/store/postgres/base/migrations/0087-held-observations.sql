-- What waits to be decided on is looked for in the batches of ninety days: of the thousands of rows of each, some are held.
CREATE INDEX observations_held ON observations (batch) WHERE held;
