-- Nothing ever stays in it: whether there is room on the disk is tried by writing here, and taking it back. Its file grows with each
-- try that succeeds, since what is left of one is not used again: so the next one needs new room as well.
CREATE TABLE room_tries (filler text NOT NULL) WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false);
