-- Who sits at a device, as they said at the door: {"name", "title"}; null: nobody said.

ALTER TABLE sessions ADD COLUMN person jsonb;
ALTER TABLE floor_speakers ADD COLUMN person jsonb;
ALTER TABLE floor_hands ADD COLUMN person jsonb;
