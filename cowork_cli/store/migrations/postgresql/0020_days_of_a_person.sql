-- The day log is each person's own, as hours are: '' is nobody named, or the one whom `meta.owner` names.
ALTER TABLE day_places ADD COLUMN person TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE day_places DROP CONSTRAINT day_places_name_key;
ALTER TABLE day_places ADD UNIQUE (name, person);

ALTER TABLE days ADD COLUMN person TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE days DROP CONSTRAINT days_day_key;
ALTER TABLE days ADD UNIQUE (day, person);

ALTER TABLE day_months ADD COLUMN person TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE day_months DROP CONSTRAINT day_months_month_key;
ALTER TABLE day_months ADD UNIQUE (month, person);

ALTER TABLE day_claims ADD COLUMN person TEXT COLLATE "C" NOT NULL DEFAULT '';

-- Who booked, and who gave an order: a booking at a platform names nobody, and is theirs all the same.
ALTER TABLE bookings ADD COLUMN made_by TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE standing_orders ADD COLUMN person TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE bookings SET made_by = coalesce((
    SELECT c.person FROM journal j JOIN changes c ON c.id = j.change_id
    WHERE j.table_name = 'bookings' AND j.row_id = bookings.id ORDER BY j.id LIMIT 1
), '');
UPDATE standing_orders SET person = coalesce((
    SELECT c.person FROM journal j JOIN changes c ON c.id = j.change_id
    WHERE j.table_name = 'standing_orders' AND j.row_id = standing_orders.id ORDER BY j.id LIMIT 1
), '');

UPDATE schema_version SET version = 20;
