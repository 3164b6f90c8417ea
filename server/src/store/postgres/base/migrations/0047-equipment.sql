-- Camera and microphone of a device on the floor or in the queue, as it told of them (PR9, FL18). NULL: it did not.
ALTER TABLE floor_speakers ADD COLUMN IF NOT EXISTS equipment jsonb;
ALTER TABLE floor_hands ADD COLUMN IF NOT EXISTS equipment jsonb;
