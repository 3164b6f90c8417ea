-- The minutes that somebody on stage was given to speak, and since when they count: {"minutes", "since"}; null: none.
ALTER TABLE floor_speakers ADD COLUMN timer jsonb;
