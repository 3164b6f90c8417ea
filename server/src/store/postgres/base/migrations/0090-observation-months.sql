-- Observations in a table for each month, by the clock in Viet Nam, so that a month can leave (decision 083). Rows only grow, and batches
-- become visible in the order of their N: so they are copied batch by batch beside everybody, and nothing is locked but for the last few.
-- step
-- Makes the table of the month in which a period begins, where there is none yet. The server may run it, and make no other table.
CREATE OR REPLACE FUNCTION figure_month(period timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  -- Periods are counted seven hours ahead of UTC at all times, also in years in which clocks there stood otherwise.
  first date := date_trunc('month', period AT TIME ZONE 'UTC' + interval '7 hours');
  month text := 'observations_' || to_char(first, 'YYYY_MM');
  -- While a table of before is copied.
  whole regclass := coalesce(to_regclass('public.observations_cut'), to_regclass('public.observations'));
BEGIN
  IF to_regclass('public.' || month) IS NOT NULL THEN RETURN; END IF;
  IF first < '1899-12-01' OR first > clock_timestamp() + interval '2 months' THEN
    RAISE EXCEPTION 'no figures are kept of %', first USING ERRCODE = 'check_violation';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('figure-month', 0));
  IF to_regclass('public.' || month) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE public.%I (LIKE %s INCLUDING ALL)', month, whole);
  EXECUTE format('CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION public.record_stays()', month);
  -- Attached, and not made as a part: readers and writers of other months go on meanwhile.
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', whole, month,
    first::timestamp AT TIME ZONE 'UTC' - interval '7 hours', (first + interval '1 month') AT TIME ZONE 'UTC' - interval '7 hours');
END $$;
REVOKE EXECUTE ON FUNCTION figure_month(timestamptz) FROM PUBLIC;

-- Copies the next batches, so many rows or somewhat more. Returns how many it was.
CREATE OR REPLACE FUNCTION figures_cut(most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  since bigint;
  until bigint;
  copied int;
BEGIN
  SELECT coalesce(max(batch), -9223372036854775808) INTO since FROM observations_cut;
  SELECT max(batch) INTO until FROM (SELECT batch FROM observations WHERE batch > since ORDER BY batch LIMIT most) o;
  PERFORM figure_month(period) FROM (SELECT DISTINCT period FROM observations WHERE batch > since AND batch <= until) o;
  INSERT INTO observations_cut SELECT * FROM observations WHERE batch > since AND batch <= until;
  GET DIAGNOSTICS copied = ROW_COUNT;
  RETURN copied;
END $$;

CREATE TABLE IF NOT EXISTS observations_cut (LIKE observations INCLUDING DEFAULTS INCLUDING CONSTRAINTS, CONSTRAINT observations_cut_key
  PRIMARY KEY (indicator, period, unit, source, revision)) PARTITION BY RANGE (period);
CREATE INDEX IF NOT EXISTS observations_cut_batch ON observations_cut (batch);
CREATE INDEX IF NOT EXISTS observations_cut_held ON observations_cut (batch) WHERE held;
-- step repeated
SELECT FROM generate_series(1, figures_cut(50000));
-- step
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON observations_cut FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON observations_cut FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
LOCK TABLE observations IN ACCESS EXCLUSIVE MODE;
SELECT figures_cut(2147483647);
-- Nodes that work on meanwhile may do with it what they might with the one of before.
DO $$
DECLARE given record;
BEGIN
  FOR given IN SELECT a.privilege_type AS what, a.grantee::regrole AS role FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.oid = 'observations'::regclass AND a.grantee NOT IN (0, c.relowner) LOOP
    EXECUTE format('GRANT %s ON observations_cut TO %s', given.what, given.role);
  END LOOP;
END $$;
DROP TABLE observations;
DROP FUNCTION figures_cut;
ALTER TABLE observations_cut RENAME TO observations;
ALTER TABLE observations RENAME CONSTRAINT observations_cut_key TO observations_pkey;
ALTER INDEX observations_cut_batch RENAME TO observations_batch;
ALTER INDEX observations_cut_held RENAME TO observations_held;
SELECT figure_month(clock_timestamp()), figure_month(clock_timestamp() + interval '1 month');
