-- Until when one has to check in to a booking before its platform gives it away; NULL: need not, or is not known.
BEGIN IMMEDIATE;
ALTER TABLE bookings ADD COLUMN check_in_by INTEGER;
PRAGMA user_version = 12;
COMMIT;
