-- What of a booking's price is VAT, and the credits it uses, which need not be whole: `credits`
-- held whole numbers, and nothing was ever written into it.
BEGIN IMMEDIATE;
ALTER TABLE bookings ADD COLUMN vat TEXT;
ALTER TABLE bookings ADD COLUMN credits_used TEXT;
PRAGMA user_version = 7;
COMMIT;
