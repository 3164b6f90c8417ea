-- On a visit: the stage on which somebody stood before, and is back afterwards; empty: on none. null: they visit nobody.
ALTER TABLE floor_speakers ADD COLUMN home text COLLATE "C";
