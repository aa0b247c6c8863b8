-- The schema of this version: what the scripts in `migrations/` come to one after the other, in one step
-- for a new store. Made from them by `python tools/generate.py`; what is written here is gone after that.
BEGIN IMMEDIATE;
CREATE TABLE absences (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    text TEXT
);
CREATE INDEX absences_days ON absences (to_day);
CREATE TABLE address_dossier (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    address_id INTEGER NOT NULL REFERENCES addresses (id),
    item TEXT NOT NULL,
    done TEXT,
    until TEXT,
    note TEXT,
    UNIQUE (address_id, item)
);
CREATE INDEX address_dossier_until ON address_dossier (until) WHERE until IS NOT NULL;
CREATE TABLE address_uses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    address_id INTEGER NOT NULL REFERENCES addresses (id),
    purpose TEXT NOT NULL,
    allowed TEXT NOT NULL CHECK (allowed IN ('yes', 'no', 'unknown')),
    clause TEXT,
    evidence TEXT,
    noted TEXT NOT NULL,
    UNIQUE (address_id, purpose)
);
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
, finish_url TEXT);
CREATE TABLE bank_accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    number TEXT UNIQUE,
    created_at INTEGER NOT NULL
);
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
CREATE INDEX bank_bookings_by_booked ON bank_bookings (booked);
CREATE INDEX bank_bookings_by_day ON bank_bookings (account_id, booked);
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
CREATE TABLE bank_mappings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    head TEXT NOT NULL UNIQUE,
    mapping TEXT NOT NULL
);
CREATE TABLE barriers (
    change_id INTEGER NOT NULL REFERENCES changes (id),
    reason TEXT NOT NULL,
    remedy TEXT NOT NULL
);
CREATE TRIGGER barriers_stay BEFORE UPDATE ON barriers BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER barriers_remain BEFORE DELETE ON barriers BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
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
, vat TEXT, credits_used TEXT, check_in_by INTEGER, made_by TEXT NOT NULL DEFAULT '', checked_in_at INTEGER);
CREATE UNIQUE INDEX bookings_by_ref ON bookings (account, identity) WHERE identity IS NOT NULL;
CREATE INDEX bookings_by_time ON bookings (from_at);
CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    command TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo'))
, person TEXT NOT NULL DEFAULT '');
CREATE TRIGGER changes_stay BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER changes_remain BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
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
, exempt_reason TEXT);
CREATE TABLE contracts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    address_id INTEGER REFERENCES addresses (id),
    space TEXT,
    starts TEXT NOT NULL,
    price TEXT,
    notice TEXT NOT NULL,
    min_term TEXT,
    renews TEXT CHECK (renews IN ('none', 'same', 'month')),
    tail TEXT,
    form TEXT CHECK (form IN ('text', 'written', 'portal')),
    deposit TEXT,
    note TEXT,
    sent TEXT,
    ends TEXT
);
CREATE INDEX contracts_by_address ON contracts (address_id) WHERE address_id IS NOT NULL;
CREATE TABLE day_claims (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    expense_id INTEGER NOT NULL UNIQUE,
    rule TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL
, person TEXT NOT NULL DEFAULT '');
CREATE TABLE "day_months" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    month TEXT NOT NULL,
    other_workplace TEXT NOT NULL CHECK (other_workplace IN ('yes', 'no', 'unclear')),
    person TEXT NOT NULL DEFAULT '',
    UNIQUE (month, person)
);
CREATE TABLE "day_places" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('home', 'space', 'client', 'meeting', 'travel')),
    km TEXT,
    minutes INTEGER,
    mode TEXT,
    fare INTEGER,
    country TEXT,
    first_place TEXT CHECK (first_place IN ('yes', 'no')),
    first_from TEXT,
    lasting TEXT CHECK (lasting IN ('yes', 'no')),
    instead_of TEXT,
    person TEXT NOT NULL DEFAULT '',
    UNIQUE (name, person)
);
CREATE TABLE day_stays (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    day_id INTEGER NOT NULL REFERENCES days (id),
    place TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('home', 'space', 'client', 'meeting', 'travel')),
    seconds INTEGER NOT NULL,
    from_clock TEXT,
    to_clock TEXT,
    source TEXT NOT NULL CHECK (source IN ('said', 'hours', 'booking')),
    km TEXT,
    minutes INTEGER,
    mode TEXT,
    fare INTEGER,
    UNIQUE (day_id, place)
);
CREATE TABLE "days" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    work INTEGER NOT NULL,
    tracked_s INTEGER NOT NULL,
    away_from TEXT,
    away_to TEXT,
    away_s INTEGER,
    driven_km TEXT,
    purpose TEXT,
    note TEXT,
    person TEXT NOT NULL DEFAULT '',
    UNIQUE (day, person)
);
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
, person TEXT NOT NULL DEFAULT '');
CREATE INDEX entries_by_day ON entries (day, project_id, billable, invoice_id, from_at, to_at);
CREATE INDEX entries_by_invoice ON entries (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX entries_by_person ON entries (person, from_at, to_at);
CREATE INDEX entries_by_project ON entries (project_id, day, billable, invoice_id, from_at, to_at);
CREATE INDEX entries_by_start ON entries (from_at, to_at);
CREATE INDEX entries_unbilled ON entries (project_id, day) WHERE invoice_id IS NULL AND billable = 1;
CREATE UNIQUE INDEX one_running_timer ON entries (person) WHERE to_at IS NULL;
CREATE TRIGGER billed_entries_remain BEFORE DELETE ON entries WHEN OLD.invoice_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the entry is billed'); END;
CREATE TRIGGER entries_do_not_overlap_new BEFORE INSERT ON entries
WHEN (SELECT coalesce(to_at, 253402300800) FROM entries
      WHERE person = NEW.person AND from_at < coalesce(NEW.to_at, 253402300800)
      ORDER BY from_at DESC LIMIT 1) > NEW.from_at
BEGIN SELECT RAISE(ABORT, 'entries overlap'); END;
CREATE TRIGGER entries_do_not_overlap_changed BEFORE UPDATE OF from_at, to_at, person ON entries
WHEN (SELECT coalesce(to_at, 253402300800) FROM entries
      WHERE person = NEW.person AND from_at < coalesce(NEW.to_at, 253402300800) AND id <> NEW.id
      ORDER BY from_at DESC LIMIT 1) > NEW.from_at
BEGIN SELECT RAISE(ABORT, 'entries overlap'); END;
CREATE TRIGGER billed_entries_stay BEFORE UPDATE ON entries
WHEN OLD.invoice_id IS NOT NULL AND (
    NEW.invoice_id IS NOT NULL OR NEW.project_id <> OLD.project_id OR NEW.from_at <> OLD.from_at
    OR NEW.to_at IS NOT OLD.to_at OR NEW.note IS NOT OLD.note OR NEW.billable <> OLD.billable
    OR NEW.tags <> OLD.tags OR NEW.timezone <> OLD.timezone OR NEW.day <> OLD.day
    OR NEW.place IS NOT OLD.place OR NEW.uuid <> OLD.uuid OR NEW.id <> OLD.id
    OR NEW.person <> OLD.person
)
BEGIN SELECT RAISE(ABORT, 'the entry is billed'); END;
CREATE TABLE erasures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    UNIQUE (table_name, row_id)
);
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'trial-day', 'open-day')),
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL CHECK (ends >= starts),
    timezone TEXT NOT NULL,
    all_day INTEGER NOT NULL DEFAULT 0,
    account TEXT,
    identity TEXT,
    space_name TEXT,
    location TEXT,
    lat REAL,
    lon REAL,
    decide_by TEXT,
    decided TEXT,
    url TEXT,
    note TEXT,
    source TEXT,
    source_uid TEXT,
    source_at INTEGER
);
CREATE UNIQUE INDEX events_by_source ON events (source_uid, source_at) WHERE source_uid IS NOT NULL;
CREATE INDEX events_by_start ON events (starts);
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
    markup TEXT, category TEXT, reverse_charge INTEGER NOT NULL DEFAULT 0, country TEXT, belongs_to TEXT, due TEXT,
    CHECK (rebill IS NULL OR client_id IS NOT NULL),
    CHECK ((receipt IS NULL) = (receipt_name IS NULL))
);
CREATE INDEX expenses_by_day ON expenses (day);
CREATE INDEX expenses_in_sum ON expenses
    (category, vat_rate, currency, reverse_charge, belongs_to, day, net, vat);
CREATE INDEX expenses_on_their_own ON expenses (day) WHERE currency <> 'EUR' OR belongs_to IS NOT NULL;
CREATE INDEX expenses_taxed_here ON expenses (day) WHERE currency <> 'EUR' OR reverse_charge = 1;
CREATE TRIGGER billed_expenses_stay BEFORE UPDATE ON expenses
WHEN EXISTS (SELECT 1 FROM invoice_expenses l JOIN invoices i ON i.id = l.invoice_id
             WHERE l.expense_id = OLD.id AND i.state = 'issued')
BEGIN SELECT RAISE(ABORT, 'the expense is billed'); END;
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    space_name TEXT NOT NULL,
    day TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    state TEXT NOT NULL CHECK (state IN ('noted', 'written', 'answered', 'done')),
    answer TEXT
);
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
CREATE TABLE invoice_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    line_id INTEGER NOT NULL REFERENCES invoice_lines (id),
    entry_id INTEGER NOT NULL,
    entry_uuid TEXT NOT NULL,
    seconds INTEGER NOT NULL
);
CREATE INDEX invoice_entries_by_entry ON invoice_entries (entry_id);
CREATE INDEX invoice_entries_by_invoice ON invoice_entries (invoice_id);
CREATE TRIGGER issued_entries_stay BEFORE UPDATE ON invoice_entries
WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_entries_remain BEFORE DELETE ON invoice_entries
WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TABLE invoice_expenses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    line_id INTEGER NOT NULL REFERENCES invoice_lines (id),
    expense_id INTEGER NOT NULL UNIQUE REFERENCES expenses (id)
);
CREATE INDEX invoice_expenses_by_invoice ON invoice_expenses (invoice_id);
CREATE INDEX invoice_expenses_by_line ON invoice_expenses (line_id);
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
CREATE TABLE invoice_files (
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    name TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (invoice_id, name)
);
CREATE TRIGGER invoice_files_stay BEFORE UPDATE ON invoice_files
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER invoice_files_remain BEFORE DELETE ON invoice_files
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
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
, quote_line_id INTEGER REFERENCES quote_lines (id));
CREATE INDEX invoice_lines_by_invoice ON invoice_lines (invoice_id, position);
CREATE TRIGGER issued_lines_stay BEFORE UPDATE ON invoice_lines
WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_lines_remain BEFORE DELETE ON invoice_lines
WHEN (SELECT state FROM invoices WHERE id = OLD.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_lines_are_whole BEFORE INSERT ON invoice_lines
WHEN (SELECT state FROM invoices WHERE id = NEW.invoice_id) = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
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
CREATE TABLE invoice_plan_prices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    line_id INTEGER NOT NULL REFERENCES invoice_plan_lines (id),
    from_day TEXT NOT NULL,
    price TEXT NOT NULL,
    UNIQUE (line_id, from_day)
);
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
    created_at INTEGER NOT NULL, quote_id INTEGER REFERENCES quotes (id),
    CHECK (state = 'draft' OR (number IS NOT NULL AND date IS NOT NULL AND document IS NOT NULL))
);
CREATE INDEX invoices_by_quote ON invoices (quote_id) WHERE quote_id IS NOT NULL;
CREATE TRIGGER issued_invoices_stay BEFORE UPDATE ON invoices WHEN OLD.state = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TRIGGER issued_invoices_remain BEFORE DELETE ON invoices WHEN OLD.state = 'issued'
BEGIN SELECT RAISE(ABORT, 'the invoice is issued'); END;
CREATE TABLE job_hours (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    job_id INTEGER NOT NULL REFERENCES jobs (id),
    part_id INTEGER NOT NULL REFERENCES job_parts (id),
    identity TEXT NOT NULL,
    day TEXT NOT NULL,
    from_at INTEGER,
    to_at INTEGER,
    seconds INTEGER NOT NULL CHECK (seconds > 0),
    note TEXT,
    UNIQUE (job_id, identity)
);
CREATE INDEX job_hours_by_part ON job_hours (part_id, day);
CREATE TABLE job_invoices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    job_id INTEGER NOT NULL REFERENCES jobs (id),
    part_id INTEGER NOT NULL REFERENCES job_parts (id),
    invoice_id INTEGER, -- of a draft that may be discarded
    number TEXT,
    day TEXT,
    net INTEGER NOT NULL,
    gross INTEGER NOT NULL,
    sha256 TEXT UNIQUE,
    paid_on TEXT
);
CREATE INDEX job_invoices_by_job ON job_invoices (job_id);
CREATE TABLE job_parts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    job_id INTEGER NOT NULL REFERENCES jobs (id),
    person_id INTEGER REFERENCES people (id),
    own INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    share TEXT,
    leads INTEGER NOT NULL DEFAULT 0,
    settled INTEGER
);
CREATE INDEX job_parts_by_job ON job_parts (job_id, id);
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    client_id INTEGER NOT NULL REFERENCES clients (id),
    project_id INTEGER REFERENCES projects (id),
    split TEXT NOT NULL CHECK (split IN ('hours', 'fixed', 'percent')),
    currency TEXT NOT NULL,
    total INTEGER CHECK (total >= 0),
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    settled_on TEXT,
    settled_total INTEGER
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
CREATE TRIGGER journal_remains BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_stays BEFORE UPDATE ON journal WHEN NOT (
    NEW.id = OLD.id AND NEW.change_id = OLD.change_id AND NEW.table_name = OLD.table_name
    AND NEW.row_id = OLD.row_id AND NEW.chain = OLD.chain
    AND OLD.table_name IN ('people', 'talks', 'members', 'job_parts', 'job_hours')
    AND EXISTS (SELECT 1 FROM erasures e
                WHERE e.table_name = OLD.table_name AND e.row_id = OLD.row_id)
    AND (NEW.before IS OLD.before OR (OLD.before IS NOT NULL AND NEW.before IS NOT NULL
         AND length(NEW.before) = 77 AND substr(NEW.before, 1, 11) = '{"erased":"'))
    AND (NEW.after IS OLD.after OR (OLD.after IS NOT NULL AND NEW.after IS NOT NULL
         AND length(NEW.after) = 77 AND substr(NEW.after, 1, 11) = '{"erased":"'))
) BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TABLE letters (
    sha256 TEXT PRIMARY KEY,
    content BLOB NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER letters_stay BEFORE UPDATE ON letters
BEGIN SELECT RAISE(ABORT, 'letters are kept as they were written'); END;
CREATE TRIGGER letters_remain BEFORE DELETE ON letters
BEGIN SELECT RAISE(ABORT, 'letters are kept as they were written'); END;
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
CREATE TABLE members (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    cost_centre TEXT,
    cap INTEGER CHECK (cap >= 0),
    person_id INTEGER REFERENCES people (id)
);
CREATE TABLE membership_ledger (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    membership_id INTEGER NOT NULL REFERENCES memberships (id) ON DELETE CASCADE,
    what TEXT NOT NULL,
    amount_milli INTEGER NOT NULL CHECK (amount_milli <> 0),
    day TEXT NOT NULL,
    expires TEXT,
    every TEXT CHECK (every IN ('month', 'week')),
    note TEXT
);
CREATE INDEX membership_ledger_by_membership ON membership_ledger (membership_id, what, day);
CREATE TABLE memberships (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    space_name TEXT NOT NULL,
    name TEXT NOT NULL,
    plan_id INTEGER REFERENCES plans (id) ON DELETE SET NULL,
    contract_id INTEGER REFERENCES contracts (id) ON DELETE SET NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    note TEXT
);
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE move_rows (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    move_id INTEGER NOT NULL REFERENCES moves (id),
    code TEXT NOT NULL,
    due TEXT NOT NULL,
    doubt TEXT,
    done TEXT,
    proof TEXT,
    UNIQUE (move_id, code)
);
CREATE INDEX move_rows_open ON move_rows (due) WHERE done IS NULL;
CREATE TABLE moves (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    old_id INTEGER NOT NULL REFERENCES addresses (id),
    new_id INTEGER NOT NULL REFERENCES addresses (id),
    day TEXT NOT NULL
);
CREATE TABLE number_series (
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (series, year)
);
CREATE TRIGGER numbers_only_grow BEFORE UPDATE ON number_series WHEN NEW.last <= OLD.last
BEGIN SELECT RAISE(ABORT, 'invoice numbers are never used again'); END;
CREATE TRIGGER numbers_remain BEFORE DELETE ON number_series
BEGIN SELECT RAISE(ABORT, 'invoice numbers are never used again'); END;
CREATE TABLE payments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    day TEXT NOT NULL,
    amount INTEGER NOT NULL
);
CREATE INDEX payments_by_invoice ON payments (invoice_id, day, amount);
CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    company TEXT,
    trade TEXT,
    skills TEXT NOT NULL DEFAULT '',
    email TEXT,
    phone TEXT,
    web TEXT,
    street TEXT,
    postcode TEXT,
    city TEXT,
    country TEXT,
    language TEXT,
    met_on TEXT,
    met_at TEXT,
    purpose TEXT,
    note TEXT,
    client_id INTEGER REFERENCES clients (id),
    source TEXT NOT NULL,
    card_uid TEXT,
    added_on TEXT NOT NULL
);
CREATE INDEX people_by_card ON people (card_uid) WHERE card_uid IS NOT NULL;
CREATE INDEX people_by_name ON people (name);
CREATE TABLE plans (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    space_name TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (
        kind IN ('hour', 'half-day', 'day', 'bundle', 'week', 'month', 'permanent', 'virtual')
    ),
    price TEXT,
    count INTEGER CHECK (count > 0),
    expires TEXT,
    setup_fee TEXT,
    deposit TEXT,
    min_term TEXT,
    notice TEXT,
    extras TEXT NOT NULL DEFAULT '[]',
    valid_from TEXT,
    source TEXT,
    note TEXT
, quota INTEGER CHECK (quota > 0), period TEXT CHECK (period IN ('calendar', 'rolling')), counts_from TEXT CHECK (counts_from IN ('purchase', 'first-use')), weekdays TEXT, open_hours TEXT, excludes_holidays TEXT CHECK (excludes_holidays IN ('yes', 'no')), stackable TEXT CHECK (stackable IN ('yes', 'no')), max_active INTEGER CHECK (max_active > 0), seat TEXT CHECK (seat IN ('yes', 'no')), room_credit_s INTEGER CHECK (room_credit_s > 0), day_credits INTEGER CHECK (day_credits > 0), team_only TEXT CHECK (team_only IN ('yes', 'no')), valid_until TEXT);
CREATE INDEX plans_by_space ON plans (account, identity);
CREATE TABLE posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    sender TEXT NOT NULL,
    posted TEXT,
    received TEXT,
    land TEXT,
    parish TEXT,
    address_id INTEGER REFERENCES addresses (id),
    deemed_received TEXT,
    deadline TEXT,
    deadline_state TEXT CHECK (deadline_state IN ('open', 'met', 'waived')),
    deadline_done TEXT,
    rule TEXT,
    source TEXT,
    state TEXT NOT NULL,
    state_day TEXT,
    note TEXT
);
CREATE INDEX posts_by_address ON posts (address_id) WHERE address_id IS NOT NULL;
CREATE INDEX posts_open ON posts (deadline) WHERE deadline_state = 'open';
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
CREATE TABLE receipts (
    sha256 TEXT PRIMARY KEY,
    content BLOB NOT NULL
);
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts are kept as they came'); END;
CREATE TRIGGER receipts_remain BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts are kept as they came'); END;
CREATE TABLE reminders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
    day TEXT NOT NULL,
    pay_by TEXT NOT NULL,
    open INTEGER NOT NULL,
    fee INTEGER,
    interest INTEGER, letter TEXT REFERENCES letters (sha256),
    UNIQUE (invoice_id, level, day)
);
CREATE TABLE reversals (
    change_id INTEGER NOT NULL REFERENCES changes (id),
    by_change_id INTEGER NOT NULL REFERENCES changes (id),
    PRIMARY KEY (change_id, by_change_id)
);
CREATE TRIGGER reversals_stay BEFORE UPDATE ON reversals BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER reversals_remain BEFORE DELETE ON reversals BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TABLE space_notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    space_name TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> '')
);
CREATE INDEX space_notes_by_space ON space_notes (account, identity);
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
    as_of TEXT, zone TEXT,
    UNIQUE (account, identity)
);
CREATE INDEX spaces_by_lat ON spaces (lat, lon);
CREATE TABLE standing_dates (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    order_id INTEGER NOT NULL REFERENCES standing_orders (id),
    day TEXT NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN ('waiting', 'unknown', 'booked', 'skipped', 'refused', 'failed', 'cancelled')
    ),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER,
    booking INTEGER,
    detail TEXT,
    UNIQUE (order_id, day)
);
CREATE INDEX standing_dates_state ON standing_dates (state, day);
CREATE TABLE standing_orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    desk_refs TEXT NOT NULL,
    weekdays TEXT NOT NULL,
    from_clock TEXT,
    to_clock TEXT,
    ahead_days INTEGER NOT NULL,
    opens TEXT NOT NULL,
    land TEXT,
    any_desk INTEGER NOT NULL DEFAULT 0,
    max_price TEXT,
    consent TEXT NOT NULL,
    timezone TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'paused')),
    next_day TEXT NOT NULL,
    next_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
, person TEXT NOT NULL DEFAULT '');
CREATE INDEX standing_orders_due ON standing_orders (state, next_at);
CREATE TABLE talks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    person_id INTEGER NOT NULL REFERENCES people (id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('asked', 'gave', 'introduced', 'lead', 'order', 'advice')),
    text TEXT,
    other_id INTEGER REFERENCES people (id),
    client_id INTEGER REFERENCES clients (id),
    project_id INTEGER REFERENCES projects (id)
);
CREATE INDEX talks_by_person ON talks (person_id, day);
CREATE TABLE trials (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    from_day TEXT NOT NULL,
    to_day TEXT,
    place TEXT,
    note TEXT
);
CREATE TABLE unattended (change_id INTEGER PRIMARY KEY REFERENCES changes (id));
CREATE TABLE visits (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    space_name TEXT NOT NULL,
    day TEXT NOT NULL,
    down_mbit TEXT,
    up_mbit TEXT,
    noise TEXT,
    noise_db INTEGER,
    booths INTEGER,
    booth_rules TEXT,
    chair TEXT,
    sockets TEXT,
    daylight TEXT,
    answer_s INTEGER,
    note TEXT
);
CREATE INDEX visits_by_space ON visits (account, identity, day);
PRAGMA application_id = 1668249451;
PRAGMA user_version = 21;
COMMIT;
