-- Which node carries a briefing, and which would take over. No record: what holds now. Only the database raises epochs.
CREATE TABLE briefing_carriers (
  briefing        uuid PRIMARY KEY REFERENCES briefings,
  -- Rises with each change, so that news of it may come late and twice.
  seq             int NOT NULL CHECK (seq > 0),
  -- Rises whenever a node begins to carry it; what is said under a lower one is obeyed by nobody.
  epoch           int NOT NULL CHECK (epoch > 0),
  -- Both null: nobody carries it.
  node            text,
  boot            uuid,
  renewed_at      timestamptz NOT NULL,
  standby_node    text,
  standby_boot    uuid,
  standby_at      timestamptz NOT NULL,
  CHECK ((node IS NULL) = (boot IS NULL)),
  CHECK ((standby_node IS NULL) = (standby_boot IS NULL)),
  CHECK (standby_boot <> boot)
);

CREATE FUNCTION carriers_rise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.briefing <> OLD.briefing OR NEW.seq < OLD.seq OR NEW.epoch < OLD.epoch
    OR (NEW.boot IS DISTINCT FROM OLD.boot AND NEW.boot IS NOT NULL AND NEW.epoch = OLD.epoch)
  THEN RAISE EXCEPTION 'epoch % of briefing % was given once', OLD.epoch, OLD.briefing USING ERRCODE = 'check_violation'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER carriers_rise BEFORE UPDATE OR DELETE ON briefing_carriers FOR EACH ROW EXECUTE FUNCTION carriers_rise();
