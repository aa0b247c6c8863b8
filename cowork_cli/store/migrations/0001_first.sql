-- The first schema. Times are seconds since 1970 in UTC, days are ISO dates, money is minor units,
-- rates and quantities are decimals written as text, lists are JSON text. Every record carries a
-- UUIDv7 beside its short id; exports and imports go by it.
BEGIN IMMEDIATE;

CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    command TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo'))
);
-- What stops undo: the reason, and the command that does it instead.
CREATE TABLE barriers (
    change_id INTEGER NOT NULL REFERENCES changes (id),
    reason TEXT NOT NULL,
    remedy TEXT NOT NULL
);
CREATE TABLE reversals (
    change_id INTEGER NOT NULL REFERENCES changes (id),
    by_change_id INTEGER NOT NULL REFERENCES changes (id),
    PRIMARY KEY (change_id, by_change_id)
);
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    change_id INTEGER NOT NULL REFERENCES changes (id),
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    chain TEXT NOT NULL
);
CREATE INDEX journal_by_change ON journal (change_id);
CREATE INDEX journal_by_row ON journal (table_name, row_id);
CREATE INDEX journal_by_table ON journal (table_name, id);

CREATE TRIGGER changes_stay BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER changes_remain BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER barriers_stay BEFORE UPDATE ON barriers BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER barriers_remain BEFORE DELETE ON barriers BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER reversals_stay BEFORE UPDATE ON reversals BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER reversals_remain BEFORE DELETE ON reversals BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_stays BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_remains BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE spaces (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    street TEXT,
    postcode TEXT,
    city TEXT,
    country TEXT,
    lat REAL,
    lon REAL,
    email TEXT,
    phone TEXT,
    website TEXT,
    hours TEXT,
    timezone TEXT,
    kinds TEXT NOT NULL DEFAULT '[]',
    amenities TEXT NOT NULL DEFAULT '{}',
    prices TEXT NOT NULL DEFAULT '[]',
    licence TEXT,
    as_of TEXT,
    UNIQUE (account, identity)
);
CREATE INDEX spaces_by_lat ON spaces (lat, lon);

CREATE TABLE desks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    space_id INTEGER NOT NULL REFERENCES spaces (id),
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('desk', 'room', 'booth', 'office')),
    capacity INTEGER CHECK (capacity > 0),
    units INTEGER NOT NULL DEFAULT 1 CHECK (units > 0),
    price TEXT,
    UNIQUE (space_id, identity)
);

-- The book that we keep for spaces without software: the "server" of the provider `local`.
CREATE TABLE local_bookings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    desk_id INTEGER NOT NULL REFERENCES desks (id),
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL CHECK (to_at > from_at),
    person TEXT,
    title TEXT,
    state TEXT NOT NULL CHECK (state IN ('confirmed', 'cancelled')),
    key TEXT NOT NULL UNIQUE
);
CREATE INDEX local_bookings_by_desk ON local_bookings (desk_id, from_at);

CREATE TABLE bookings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    identity TEXT,
    desk_ref TEXT NOT NULL,
    desk_name TEXT NOT NULL,
    space_name TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL CHECK (to_at > from_at),
    timezone TEXT NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN ('asked', 'requested', 'pending', 'confirmed', 'cancelled', 'refused', 'unknown')
    ),
    series TEXT,
    price TEXT,
    credits INTEGER,
    cancel_until INTEGER,
    cancel_fee TEXT,
    project_id INTEGER REFERENCES projects (id),
    person TEXT,
    title TEXT,
    created_at INTEGER NOT NULL,
    key TEXT,
    request TEXT NOT NULL
);
CREATE INDEX bookings_by_time ON bookings (from_at);
CREATE UNIQUE INDEX bookings_by_ref ON bookings (account, identity) WHERE identity IS NOT NULL;

-- Written before a request that books or registers is sent, settled when its answer is known.
CREATE TABLE intents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('booking', 'cancellation', 'registration')),
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'refused', 'unknown')),
    detail TEXT,
    created_at INTEGER NOT NULL,
    settled_at INTEGER
);
CREATE INDEX intents_open ON intents (state) WHERE state IN ('open', 'unknown');

CREATE TABLE addresses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    ref TEXT,
    recipients TEXT NOT NULL DEFAULT '[]',
    street TEXT,
    postcode TEXT,
    city TEXT,
    country TEXT,
    provider TEXT,
    plan TEXT,
    state TEXT NOT NULL CHECK (state IN ('requested', 'checking', 'active', 'ending', 'ended')),
    starts TEXT,
    ends TEXT,
    price TEXT
);

CREATE TABLE clients (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('business', 'public', 'private')),
    street TEXT,
    postcode TEXT,
    city TEXT,
    country TEXT,
    email TEXT,
    vat_id TEXT,
    leitweg_id TEXT,
    buyer_reference TEXT,
    language TEXT,
    currency TEXT NOT NULL,
    tax TEXT,
    terms_days INTEGER,
    skonto TEXT,
    rounding TEXT,
    travel_factor TEXT,
    note TEXT,
    archived INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE projects (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    client_id INTEGER NOT NULL REFERENCES clients (id),
    slug TEXT NOT NULL,
    name TEXT,
    billable INTEGER NOT NULL DEFAULT 1,
    hours_per_day TEXT,
    half_day_from_s INTEGER,
    budget_s INTEGER,
    budget_minor INTEGER,
    rounding TEXT,
    note TEXT,
    archived INTEGER NOT NULL DEFAULT 0,
    UNIQUE (client_id, slug)
);
-- Money an hour (or a day, for a project), valid from a day on; of a client, or of one project.
CREATE TABLE rates (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    client_id INTEGER REFERENCES clients (id),
    project_id INTEGER REFERENCES projects (id),
    valid_from TEXT NOT NULL,
    rate TEXT NOT NULL,
    unit TEXT NOT NULL DEFAULT 'hour' CHECK (unit IN ('hour', 'day')),
    CHECK ((client_id IS NULL) <> (project_id IS NULL)),
    UNIQUE (client_id, project_id, valid_from)
);

-- `day` is the calendar day in the entry's own zone: a report by day need not convert.
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    project_id INTEGER NOT NULL REFERENCES projects (id),
    note TEXT,
    tags TEXT NOT NULL DEFAULT '',
    place TEXT,
    from_at INTEGER NOT NULL,
    to_at INTEGER CHECK (to_at > from_at),
    timezone TEXT NOT NULL,
    day TEXT NOT NULL,
    billable INTEGER NOT NULL,
    invoice_id INTEGER REFERENCES invoices (id)
);
CREATE UNIQUE INDEX one_running_timer ON entries ((1)) WHERE to_at IS NULL;
CREATE INDEX entries_by_start ON entries (from_at, to_at);
CREATE INDEX entries_by_day ON entries (day, project_id, billable, invoice_id, from_at, to_at);
CREATE INDEX entries_by_project ON entries (project_id, day, billable, from_at, to_at);
CREATE INDEX entries_unbilled ON entries (project_id, day) WHERE invoice_id IS NULL AND billable = 1;
CREATE INDEX entries_by_invoice ON entries (invoice_id) WHERE invoice_id IS NOT NULL;

-- One person works on one thing at a time. As nothing overlaps yet, only the neighbour that starts
-- last before the new end can collide: one step in an index, however many entries there are.
CREATE TRIGGER entries_do_not_overlap_new BEFORE INSERT ON entries
WHEN (SELECT coalesce(to_at, 253402300800) FROM entries
      WHERE from_at < coalesce(NEW.to_at, 253402300800)
      ORDER BY from_at DESC LIMIT 1) > NEW.from_at
BEGIN SELECT RAISE(ABORT, 'entries overlap'); END;
CREATE TRIGGER entries_do_not_overlap_changed BEFORE UPDATE OF from_at, to_at ON entries
WHEN (SELECT coalesce(to_at, 253402300800) FROM entries
      WHERE from_at < coalesce(NEW.to_at, 253402300800) AND id <> NEW.id
      ORDER BY from_at DESC LIMIT 1) > NEW.from_at
BEGIN SELECT RAISE(ABORT, 'entries overlap'); END;

-- An entry on an issued invoice can only be released, never changed or removed.
CREATE TRIGGER billed_entries_stay BEFORE UPDATE ON entries
WHEN OLD.invoice_id IS NOT NULL AND (
    NEW.invoice_id IS NOT NULL OR NEW.project_id <> OLD.project_id OR NEW.from_at <> OLD.from_at
    OR NEW.to_at IS NOT OLD.to_at OR NEW.note IS NOT OLD.note OR NEW.billable <> OLD.billable
    OR NEW.tags <> OLD.tags OR NEW.timezone <> OLD.timezone OR NEW.day <> OLD.day
    OR NEW.place IS NOT OLD.place OR NEW.uuid <> OLD.uuid OR NEW.id <> OLD.id
)
BEGIN SELECT RAISE(ABORT, 'the entry is billed'); END;
CREATE TRIGGER billed_entries_remain BEFORE DELETE ON entries WHEN OLD.invoice_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the entry is billed'); END;

-- A draft may change; an issued invoice is a snapshot. `document` holds all that was printed.
CREATE TABLE invoices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'issued')),
    number TEXT UNIQUE,
    type INTEGER NOT NULL,
    series TEXT NOT NULL,
    client_id INTEGER NOT NULL REFERENCES clients (id),
    date TEXT,
    due TEXT,
    period_from TEXT,
    period_to TEXT,
    currency TEXT NOT NULL,
    net INTEGER NOT NULL,
    gross INTEGER NOT NULL,
    vat TEXT NOT NULL,
    order_ref TEXT,
    note TEXT,
    skonto TEXT,
    vat_currency TEXT,
    exchange_rate TEXT,
    exchange_day TEXT,
    cancels_id INTEGER UNIQUE REFERENCES invoices (id),
    replaces TEXT,
    document TEXT,
    created_at INTEGER NOT NULL,
    CHECK (state = 'draft' OR (number IS NOT NULL AND date IS NOT NULL AND document IS NOT NULL))
);
CREATE TABLE invoice_lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    quantity TEXT NOT NULL,
    unit TEXT NOT NULL,
    price TEXT NOT NULL,
    discount INTEGER,
    discount_percent TEXT,
    from_expense INTEGER NOT NULL DEFAULT 0,
    vat_rate TEXT NOT NULL,
    vat_category TEXT NOT NULL,
    net INTEGER NOT NULL,
    duration_s INTEGER
);
CREATE INDEX invoice_lines_by_invoice ON invoice_lines (invoice_id, position);
-- Which entries a line stands for, and how long each was when the line was made.
CREATE TABLE invoice_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    line_id INTEGER NOT NULL REFERENCES invoice_lines (id),
    entry_id INTEGER NOT NULL,
    entry_uuid TEXT NOT NULL,
    seconds INTEGER NOT NULL
);
CREATE INDEX invoice_entries_by_invoice ON invoice_entries (invoice_id);
CREATE INDEX invoice_entries_by_entry ON invoice_entries (entry_id);
CREATE TABLE invoice_files (
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    name TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (invoice_id, name)
);
-- The last number used in a series (and year, 0 for a series that does not restart).
CREATE TABLE number_series (
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (series, year)
);
CREATE TABLE payments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    day TEXT NOT NULL,
    amount INTEGER NOT NULL
);

CREATE TRIGGER issued_invoices_stay BEFORE UPDATE ON invoices WHEN OLD.state = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_invoices_remain BEFORE DELETE ON invoices WHEN OLD.state = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_lines_stay BEFORE UPDATE ON invoice_lines
WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_lines_remain BEFORE DELETE ON invoice_lines
WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_lines_are_whole BEFORE INSERT ON invoice_lines
WHEN (SELECT state FROM invoices WHERE id = NEW.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_entries_stay BEFORE UPDATE ON invoice_entries
WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_entries_remain BEFORE DELETE ON invoice_entries
WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER invoice_files_stay BEFORE UPDATE ON invoice_files
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER invoice_files_remain BEFORE DELETE ON invoice_files
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER numbers_only_grow BEFORE UPDATE ON number_series WHEN NEW.last <= OLD.last
BEGIN SELECT RAISE(ABORT, 'invoice numbers are never used again'); END;
CREATE TRIGGER numbers_remain BEFORE DELETE ON number_series
BEGIN SELECT RAISE(ABORT, 'invoice numbers are never used again'); END;

-- ---- Expenses. Amounts are in their own currency; `eur_rate` is euro for one unit of it, `rebill` what
-- the client pays for it. The bytes of a receipt are kept by their hash, for good: `expenses.receipt`
-- says whose they are, so that an undo and its redo find them again.
CREATE TABLE receipts (
    sha256 TEXT PRIMARY KEY,
    content BLOB NOT NULL
);
CREATE TABLE expenses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    text TEXT NOT NULL,
    currency TEXT NOT NULL,
    net INTEGER NOT NULL,
    vat INTEGER NOT NULL,
    vat_rate TEXT NOT NULL,
    eur_rate TEXT,
    booking_id INTEGER UNIQUE REFERENCES bookings (id),
    receipt TEXT UNIQUE REFERENCES receipts (sha256),
    receipt_name TEXT,
    client_id INTEGER REFERENCES clients (id),
    rebill INTEGER,
    markup TEXT,
    CHECK (rebill IS NULL OR client_id IS NOT NULL),
    CHECK ((receipt IS NULL) = (receipt_name IS NULL))
);
CREATE INDEX expenses_by_day ON expenses (day);
-- The line that bills an expense: of a draft, or of an issued invoice until that is cancelled.
CREATE TABLE invoice_expenses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    line_id INTEGER NOT NULL REFERENCES invoice_lines (id),
    expense_id INTEGER NOT NULL UNIQUE REFERENCES expenses (id)
);
CREATE INDEX invoice_expenses_by_invoice ON invoice_expenses (invoice_id);
CREATE INDEX invoice_expenses_by_line ON invoice_expenses (line_id);

CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts are kept as they came'); END;
CREATE TRIGGER receipts_remain BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts are kept as they came'); END;
CREATE TRIGGER billed_expenses_stay BEFORE UPDATE ON expenses
WHEN EXISTS (SELECT 1 FROM invoice_expenses l JOIN invoices i ON i.id = l.invoice_id
             WHERE l.expense_id = OLD.id AND i.state = 'issued')
BEGIN SELECT RAISE(ABORT, 'the expense is billed'); END;
CREATE TRIGGER issued_expenses_stay BEFORE UPDATE ON invoice_expenses
WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_expenses_remain BEFORE DELETE ON invoice_expenses
WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) = 'issued'
     AND NOT EXISTS (SELECT 1 FROM invoices c WHERE c.cancels_id = OLD.invoice_id)
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_expenses_are_whole BEFORE INSERT ON invoice_expenses
WHEN (SELECT state FROM invoices WHERE id = NEW.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
-- ---- end of expenses

-- ---- prepayments and reminders

-- A paid invoice that another one deducts: how much of its total, and the VAT in that.
CREATE TABLE invoice_prepayments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    prepaid_id INTEGER NOT NULL REFERENCES invoices (id),
    amount INTEGER NOT NULL,
    vat INTEGER NOT NULL,
    UNIQUE (invoice_id, prepaid_id)
);
CREATE INDEX invoice_prepayments_by_prepaid ON invoice_prepayments (prepaid_id);
CREATE TRIGGER issued_prepayments_are_whole BEFORE INSERT ON invoice_prepayments
WHEN (SELECT state FROM invoices WHERE id = NEW.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_prepayments_stay BEFORE UPDATE ON invoice_prepayments
WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_prepayments_remain BEFORE DELETE ON invoice_prepayments
WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TABLE reminders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
    day TEXT NOT NULL,
    pay_by TEXT NOT NULL,
    open INTEGER NOT NULL,
    fee INTEGER,
    interest INTEGER,
    UNIQUE (invoice_id, level, day)
);
-- ---- end of prepayments and reminders

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

PRAGMA application_id = 1668249451;
PRAGMA user_version = 1;
COMMIT;
