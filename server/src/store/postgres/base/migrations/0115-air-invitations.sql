-- Who was invited on the stage, by whom and when, and whether they declined: {"by", "at", "declined"}; null: nobody invited them.
ALTER TABLE floor_speakers ADD COLUMN invited jsonb;
