-- Quotes, invoices that are written again in every period, and what was sent by mail.
BEGIN IMMEDIATE;
-- A draft may change; what was sent is a snapshot: `document` holds all that was printed, `letter` its page.
-- `new_project` is the id of one that is made when the quote is accepted, without the client's.
-- `valid_days` is what was agreed of `valid_until`, which counts from the day it is sent.
CREATE TABLE quotes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'accepted', 'declined')),
    number TEXT NOT NULL UNIQUE,
    client_id INTEGER NOT NULL REFERENCES clients (id),
    project_id INTEGER REFERENCES projects (id),
    new_project TEXT,
    title TEXT,
    day TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    valid_days INTEGER,
    currency TEXT NOT NULL,
    net INTEGER NOT NULL,
    gross INTEGER NOT NULL,
    vat TEXT NOT NULL,
    order_ref TEXT,
    note TEXT,
    decided TEXT,
    reason TEXT,
    document TEXT,
    letter TEXT REFERENCES letters (sha256),
    created_at INTEGER NOT NULL
);
CREATE INDEX quotes_open ON quotes (state, valid_until);
-- `choice`: a line that is not in the sum; `taken`: whether it is part of what was agreed.
CREATE TABLE quote_lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    quote_id INTEGER NOT NULL REFERENCES quotes (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    quantity TEXT NOT NULL,
    unit TEXT NOT NULL,
    price TEXT NOT NULL,
    discount INTEGER,
    discount_percent TEXT,
    vat_rate TEXT NOT NULL,
    vat_category TEXT NOT NULL,
    net INTEGER NOT NULL,
    choice TEXT CHECK (choice IN ('optional', 'alternative')),
    taken INTEGER NOT NULL
);
CREATE INDEX quote_lines_by_quote ON quote_lines (quote_id, position);
CREATE TRIGGER sent_quotes_stay BEFORE UPDATE ON quotes
WHEN OLD.state <> 'draft' AND (
    NEW.state = 'draft' OR NEW.number <> OLD.number OR NEW.client_id <> OLD.client_id
    OR NEW.day <> OLD.day OR NEW.valid_until <> OLD.valid_until OR NEW.currency <> OLD.currency
    OR NEW.net <> OLD.net OR NEW.gross <> OLD.gross OR NEW.vat <> OLD.vat
    OR NEW.document IS NOT OLD.document OR NEW.letter IS NOT OLD.letter
)
BEGIN SELECT RAISE(ABORT, 'the quote is sent'); END;
CREATE TRIGGER sent_quotes_remain BEFORE DELETE ON quotes WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the quote is sent'); END;
CREATE TRIGGER sent_quote_lines_stay BEFORE UPDATE ON quote_lines
WHEN (SELECT state FROM quotes WHERE id = OLD.quote_id) <> 'draft' AND (
    NEW.position <> OLD.position OR NEW.text <> OLD.text OR NEW.quantity <> OLD.quantity
    OR NEW.unit <> OLD.unit OR NEW.price <> OLD.price OR NEW.net <> OLD.net
    OR NEW.vat_rate <> OLD.vat_rate OR NEW.vat_category <> OLD.vat_category
    OR NEW.quote_id <> OLD.quote_id OR NEW.choice IS NOT OLD.choice
)
BEGIN SELECT RAISE(ABORT, 'the quote is sent'); END;
CREATE TRIGGER sent_quote_lines_remain BEFORE DELETE ON quote_lines
WHEN (SELECT state FROM quotes WHERE id = OLD.quote_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the quote is sent'); END;
CREATE TRIGGER sent_quote_lines_are_whole BEFORE INSERT ON quote_lines
WHEN (SELECT state FROM quotes WHERE id = NEW.quote_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the quote is sent'); END;
-- What an invoice bills of a quote: the whole of it, and line by line.
ALTER TABLE invoices ADD COLUMN quote_id INTEGER REFERENCES quotes (id);
ALTER TABLE invoice_lines ADD COLUMN quote_line_id INTEGER REFERENCES quote_lines (id);
CREATE INDEX invoices_by_quote ON invoices (quote_id) WHERE quote_id IS NOT NULL;

-- `issue`: its invoices are issued, else they stay drafts; `arrears`: when the period is over.
CREATE TABLE invoice_plans (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    client_id INTEGER NOT NULL REFERENCES clients (id),
    every TEXT NOT NULL CHECK (every IN ('month', 'quarter', 'year')),
    from_day TEXT NOT NULL,
    until_day TEXT,
    issue INTEGER NOT NULL,
    arrears INTEGER NOT NULL,
    currency TEXT NOT NULL,
    order_ref TEXT,
    note TEXT,
    created_at INTEGER NOT NULL
);
CREATE TABLE invoice_plan_lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    plan_id INTEGER NOT NULL REFERENCES invoice_plans (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    quantity TEXT NOT NULL,
    unit TEXT NOT NULL,
    vat TEXT,
    discount TEXT
);
CREATE INDEX invoice_plan_lines_by_plan ON invoice_plan_lines (plan_id, position);
-- What one of it costs in the periods that begin on `from_day` or later.
CREATE TABLE invoice_plan_prices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    line_id INTEGER NOT NULL REFERENCES invoice_plan_lines (id),
    from_day TEXT NOT NULL,
    price TEXT NOT NULL,
    UNIQUE (line_id, from_day)
);
-- The periods that were billed, each once; of a draft that was dropped the period stays done. `issue`: the
-- draft is to be issued, as was agreed when it was made.
CREATE TABLE invoice_plan_periods (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    plan_id INTEGER NOT NULL REFERENCES invoice_plans (id),
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    issue INTEGER NOT NULL,
    invoice_id INTEGER REFERENCES invoices (id),
    UNIQUE (plan_id, from_day)
);
CREATE INDEX invoice_plan_periods_by_invoice ON invoice_plan_periods (invoice_id);

-- Every mail that was to be sent, written down before it was: `sending` is one of which nobody knows.
CREATE TABLE mailings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    invoice_id INTEGER REFERENCES invoices (id),
    quote_id INTEGER REFERENCES quotes (id),
    level INTEGER,
    at INTEGER NOT NULL,
    timezone TEXT NOT NULL,
    recipient TEXT NOT NULL,
    message_id TEXT NOT NULL,
    way TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'failed', 'unknown')),
    detail TEXT
);
CREATE INDEX mailings_by_invoice ON mailings (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX mailings_by_quote ON mailings (quote_id) WHERE quote_id IS NOT NULL;
PRAGMA user_version = 13;
COMMIT;
