-- How a wall puts figures side by side; null: as all did before.
ALTER TABLE screens ADD COLUMN layout text;
