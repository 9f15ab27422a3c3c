-- What the policies and triggers call. Every function that must look past the policies is
-- SECURITY DEFINER, owned by the owner, with a fixed search_path, and answers as little as it can.

-- The links under which the present actor's teams may stand; nobody's when nothing is set.
CREATE OR REPLACE FUNCTION walls.teams() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT string_to_array(current_setting('tahanan.teams', true), ',')::uuid[] $$;

CREATE OR REPLACE FUNCTION walls.tenant() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('tahanan.tenant', true), '')::uuid $$;

-- Does one of the teams `mine` hold an open grant on this case? The policies hand in walls.teams()
-- from a sub-select, so that it is read once for a statement and not once for a row.
CREATE OR REPLACE FUNCTION walls.sees(which uuid, mine uuid[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.records_grant g
        WHERE g.case_id = which AND g.ended_on IS NULL AND g.team = ANY (mine)
    );
END
$$;

-- … and on this compartment of it?
CREATE OR REPLACE FUNCTION walls.sees_part(which uuid, part text, mine uuid[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.records_grant g
        WHERE g.case_id = which AND g.compartment = part AND g.ended_on IS NULL
          AND g.team = ANY (mine)
    );
END
$$;

-- May one write about it: it is seen, or it is so new that nobody holds a grant on it yet.
CREATE OR REPLACE FUNCTION walls.writes(which uuid, mine uuid[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RETURN walls.sees(which, mine)
        OR NOT EXISTS (SELECT FROM public.records_grant g WHERE g.case_id = which);
END
$$;

-- A suspect's arrests and judgments are seen by who sees a child for whom he is named.
CREATE OR REPLACE FUNCTION walls.sees_suspect(which uuid, mine uuid[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RETURN EXISTS (
        SELECT FROM public.records_suspicion s
        WHERE s.suspect = which AND walls.sees(s.case_id, mine)
    );
END
$$;

-- Whether this transaction counts: `open_figures` was called in it.
CREATE OR REPLACE FUNCTION walls.counting() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('tahanan.figures', true), '') = 'open' $$;

-- An operation is seen through a removal, an arrest or an intake of it, or of the row it corrects or that
-- corrects it: a removal goes on naming the version it was written against.
CREATE OR REPLACE FUNCTION walls.sees_operation(which uuid, mine uuid[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RETURN EXISTS (
        WITH RECURSIVE up AS (
            SELECT o.id, o.replaces_id FROM public.records_operation o WHERE o.id = which
            UNION SELECT o.id, o.replaces_id FROM public.records_operation o
                  JOIN up ON o.id = up.replaces_id
        ), same AS (
            SELECT up.id FROM up
            UNION SELECT o.id FROM public.records_operation o JOIN same ON o.replaces_id = same.id
        )
        SELECT FROM same WHERE EXISTS (
            SELECT FROM public.records_removal r
            WHERE r.operation_id = same.id AND walls.sees(r.case_id, mine)
        ) OR EXISTS (
            SELECT FROM public.records_arrest a
            WHERE a.operation_id = same.id AND walls.sees_suspect(a.suspect, mine)
        ) OR EXISTS (
            SELECT FROM public.records_intake i
            WHERE i.operation_id = same.id AND i.team = ANY (mine)
        )
    );
END
$$;

-- Which places are taken on a day, in all homes: the stay (whose id opens its link), the link of
-- the home, the line of its places. No case, no child: whoever holds no links key learns how many
-- stays stand, and that is all.
CREATE OR REPLACE FUNCTION walls.places_taken(day date)
RETURNS TABLE (stay uuid, home uuid, line smallint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RETURN QUERY
        SELECT s.id, s.home, s.line FROM public.records_stay s
        WHERE s.tenant = walls.tenant() AND s.replaced_at IS NULL AND NOT s.withdrawn
          AND s.from_on <= day AND (s.until_on IS NULL OR s.until_on > day);
END
$$;

-- Who recorded an operation in which no child stands and for which nobody was arrested: a link that
-- leads to a person only under the links key. Of any other operation, nothing.
CREATE OR REPLACE FUNCTION walls.recorder_of_childless(which uuid) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RETURN (
        SELECT o.recorded_by FROM public.records_operation o
        WHERE o.id = which AND o.tenant = walls.tenant() AND NOT o.withdrawn
          AND NOT EXISTS (SELECT FROM public.records_removal r WHERE r.operation_id = which)
          AND NOT EXISTS (SELECT FROM public.records_arrest a WHERE a.operation_id = which)
    );
END
$$;

-- Triggers.
CREATE OR REPLACE FUNCTION walls.refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation';
END
$$;

CREATE OR REPLACE FUNCTION walls.keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF EXISTS (
        SELECT FROM public.records_erasure e
        WHERE e."case" = (to_jsonb(OLD) ->> TG_ARGV[0])::uuid
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '%', TG_ARGV[1] USING ERRCODE = 'check_violation';
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA walls FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA walls TO tahanan_app, tahanan_steward;
