-- What SQLite has by itself, so that the statements of the store mean the same in both.

-- ---- Functions under the names that SQLite has for them

CREATE FUNCTION instr(text TEXT, piece TEXT) RETURNS INT LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN position(piece IN text);

-- The value at a path, `$.buyer.vat_id`, as text.
CREATE FUNCTION json_extract(document TEXT, path TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN document::json #>> string_to_array(substr(path, 3), '.');

-- Four bytes of a table of such, at a place that is a BIGINT here.
CREATE FUNCTION substr(bytes BYTEA, first BIGINT, length BIGINT) RETURNS BYTEA
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN substr(bytes, first::INT, length::INT);

-- A JSON list as text, an empty one where there is nothing to list.
CREATE FUNCTION one_more(list TEXT, element JSON) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE list WHEN '' THEN '' ELSE list || ',' END || coalesce(element::TEXT, 'null');
CREATE FUNCTION in_brackets(list TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '[' || list || ']';
CREATE AGGREGATE json_group_array (JSON) (
    SFUNC = one_more, STYPE = TEXT, INITCOND = '', FINALFUNC = in_brackets
);

-- ---- Ids: given one after the other by each table, without gaps, and never a second time. A sequence would
-- leave a gap wherever a change is taken back. Who writes is alone (a lock of the connection).

CREATE TABLE removed_ids (
    table_name TEXT COLLATE "C" PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE FUNCTION give_id() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id IS NULL THEN
        EXECUTE format(
            'SELECT greatest((SELECT max(id) FROM %1$I.%2$I), '
            '(SELECT last FROM %1$I.removed_ids WHERE table_name = %2$L), 0) + 1',
            TG_TABLE_SCHEMA, TG_TABLE_NAME
        ) INTO NEW.id;
    END IF;
    RETURN NEW;
END;
$$;

CREATE FUNCTION remember_id() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cowork.removed_ids AS before (table_name, last)
    SELECT TG_TABLE_NAME, max(id) FROM gone HAVING max(id) IS NOT NULL
    ON CONFLICT (table_name) DO UPDATE SET last = greatest(before.last, EXCLUDED.last);
    RETURN NULL;
END;
$$;

-- Every table that counts its records, and every reference: called again by each script that makes a table.
CREATE PROCEDURE like_sqlite() LANGUAGE plpgsql AS $$
DECLARE
    made RECORD;
BEGIN
    FOR made IN
        SELECT relname AS name FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = 'cowork'::regnamespace AND attname = 'id' AND attidentity <> ''
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN id DROP IDENTITY', made.name);
        EXECUTE format(
            'CREATE TRIGGER give_id BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION give_id()',
            made.name
        );
        EXECUTE format(
            'CREATE TRIGGER remember_id AFTER DELETE ON %I REFERENCING OLD TABLE AS gone '
            'FOR EACH STATEMENT EXECUTE FUNCTION remember_id()',
            made.name
        );
    END LOOP;
    -- A copy of a whole store looks at them when all is there.
    FOR made IN
        SELECT conname AS name, conrelid::regclass AS owner FROM pg_constraint
        WHERE connamespace = 'cowork'::regnamespace AND contype = 'f' AND NOT condeferrable
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE', made.owner, made.name);
    END LOOP;
END;
$$;
CALL like_sqlite();
