-- Name of whoever opened the stage of a unit; null: by a version that did not say it.
ALTER TABLE floor_stages ADD COLUMN by text;
