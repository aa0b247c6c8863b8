-- When one came to what was booked: the instant of checking in; NULL: no check-in is known.
ALTER TABLE bookings ADD COLUMN checked_in_at BIGINT;

UPDATE schema_version SET version = 21;
