-- The paragraph that exempts what a client buys (§ 4 UStG); the line of the EÜR form that an expense is of;
-- purchases for which the buyer owes the VAT (§ 13b UStG), and the country of their supplier.
BEGIN IMMEDIATE;
ALTER TABLE clients ADD COLUMN exempt_reason TEXT;
ALTER TABLE expenses ADD COLUMN category TEXT;
ALTER TABLE expenses ADD COLUMN reverse_charge INTEGER NOT NULL DEFAULT 0;
ALTER TABLE expenses ADD COLUMN country TEXT;
PRAGMA user_version = 8;
COMMIT;
