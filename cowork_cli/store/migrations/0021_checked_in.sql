-- When one came to what was booked: the instant of checking in; NULL: no check-in is known.
BEGIN IMMEDIATE;
ALTER TABLE bookings ADD COLUMN checked_in_at INTEGER;
PRAGMA user_version = 21;
COMMIT;
