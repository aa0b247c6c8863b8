-- Bank statements: accounts, their bookings, what each booking pays, and how a bank's CSV is to be read.
-- Periods that a recurring expense belongs to, for the cash method (§ 11 EStG).
BEGIN IMMEDIATE;
-- `number` is an IBAN, or what the bank has instead.
CREATE TABLE bank_accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    number TEXT UNIQUE,
    created_at INTEGER NOT NULL
);
-- `parts` is JSON. `format` is that of the file that brought it first.
CREATE TABLE bank_bookings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES bank_accounts (id),
    booked TEXT NOT NULL,
    valued TEXT,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    currency TEXT NOT NULL,
    name TEXT,
    iban TEXT,
    text TEXT NOT NULL,
    glued TEXT,
    reference TEXT,
    returned TEXT,
    parts TEXT,
    format TEXT NOT NULL,
    ignored INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX bank_bookings_by_day ON bank_bookings (account_id, booked);
CREATE INDEX bank_bookings_by_booked ON bank_bookings (booked);
-- What a booking pays: a payment of an invoice, or an expense. `own`: the payment was made by the match.
CREATE TABLE bank_links (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    booking_id INTEGER NOT NULL REFERENCES bank_bookings (id),
    payment_id INTEGER UNIQUE REFERENCES payments (id),
    expense_id INTEGER UNIQUE REFERENCES expenses (id),
    amount INTEGER NOT NULL,
    own INTEGER NOT NULL DEFAULT 0,
    CHECK ((payment_id IS NULL) <> (expense_id IS NULL))
);
CREATE INDEX bank_links_by_booking ON bank_links (booking_id);
-- Headings of a CSV and what `--map` said of them; both JSON.
CREATE TABLE bank_mappings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    head TEXT NOT NULL UNIQUE,
    mapping TEXT NOT NULL
);
ALTER TABLE expenses ADD COLUMN belongs_to TEXT;
ALTER TABLE expenses ADD COLUMN due TEXT;
-- Sums of a year read these alone, not the rows.
CREATE INDEX payments_by_invoice ON payments (invoice_id, day, amount);
CREATE INDEX expenses_in_sum ON expenses
    (category, vat_rate, currency, reverse_charge, belongs_to, day, net, vat);
CREATE INDEX expenses_on_their_own ON expenses (day) WHERE currency <> 'EUR' OR belongs_to IS NOT NULL;
CREATE INDEX expenses_taxed_here ON expenses (day) WHERE currency <> 'EUR' OR reverse_charge = 1;
PRAGMA user_version = 14;
COMMIT;
