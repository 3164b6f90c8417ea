-- TRUNCATE fires no trigger of rows: what is never deleted is not emptied either. A later table of the record gets both triggers itself.
DO $$
DECLARE kept regclass;
BEGIN
  FOR kept IN SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'record_stays' LOOP
    EXECUTE format('CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION record_stays()', kept);
  END LOOP;
END $$;
