-- Which batch was the last at a moment.
CREATE INDEX figure_batches_at ON figure_batches (at, n);
