-- Who is expected is frozen when the doors open, and an official row vouches for it: so it stays, like what stands beside other official rows.
CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON briefing_expected FOR EACH ROW EXECUTE FUNCTION record_stays();
CREATE TRIGGER record_stays_whole BEFORE TRUNCATE ON briefing_expected FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
