"""Two yardsticks without a framework, as one would write them by hand with psycopg2 and orjson.

``/assembly`` puts the same fields as our documents together from rows, with one query for each relation of a page;
``/stored`` hands out the stored text: there is hardly anything faster.
"""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import orjson
import psycopg2

LIMIT = 100
SITE = os.environ["SITE_URL"]
Row = dict[str, Any]

_local = threading.local()

# Who may be seen by everybody, as section 4 of the architecture says it for the public.
SEEN = "{o}.state = 'published' AND {o}.appearance IN ('name_and_country', 'public')"
TOLD = "{w}.state = 'published' AND {w}.disclosure <> 'off_record'"

#: Prepared once on each connection: planning such joins takes longer than running them.
QUERIES = {
    "commitments": f"""
    SELECT c.id, c.reference, c.title, c.problem, c.expected_result, c.language, c.indicator, c.baseline, c.target,
        c.unit, c.resources, c.horizon, c.start_on, c.due_on, c.progress, c.value, c.completion, c.is_demonstration,
        t.iso2 AS country, o.id AS o_id, coalesce(nullif(o.english_name, ''), o.legal_name) AS o_name, o.slug AS o_slug,
        w.id AS w_id, w.title_en AS w_name, w.slug AS w_slug,
        g.id AS g_id, g.name AS g_name, g.code AS g_code, gw.slug AS g_slug,
        p.id AS p_id, p.text AS p_name, p.order AS p_order, pw.slug AS p_slug
    FROM commitments_commitment c
    JOIN organizations_organization o ON o.id = c.organization_id
    LEFT JOIN vocabulary_territory t ON t.id = o.country_id
    LEFT JOIN workshops_workshop w ON w.id = c.workshop_id AND {TOLD.format(w="w")}
    LEFT JOIN workshops_workinggroup g ON g.id = c.working_group_id
    LEFT JOIN workshops_workshop gw ON gw.id = g.workshop_id
    LEFT JOIN workshops_output p ON p.id = c.output_id
    LEFT JOIN workshops_workshop pw ON pw.id = p.workshop_id
    WHERE c.state = 'published' AND {SEEN.format(o="o")} AND c.id > $1
    ORDER BY c.id LIMIT {LIMIT + 1}
    """,
    "pillars": """
    SELECT l.commitment_id, p.code FROM commitments_commitment_pillars l
    JOIN vocabulary_pillar p ON p.id = l.pillar_id JOIN vocabulary_pillarscheme s ON s.id = p.scheme_id
    WHERE l.commitment_id = ANY($1) ORDER BY s.canonical DESC, s.code, s.id, p.order, p.id
    """,
    "provisions": """
    SELECT l.commitment_id, i.code || '-' || p.article AS code FROM commitments_commitment_provisions l
    JOIN vocabulary_provision p ON p.id = l.provision_id JOIN vocabulary_instrument i ON i.id = p.instrument_id
    WHERE l.commitment_id = ANY($1) ORDER BY i.order, i.id, p.article, p.id
    """,
    "targets": """
    SELECT l.commitment_id, t.code FROM commitments_commitment_sdg_targets l
    JOIN vocabulary_sdgtarget t ON t.id = l.sdgtarget_id
    WHERE l.commitment_id = ANY($1) ORDER BY t.code, t.id
    """,
    "answers": f"""
    SELECT l.commitment_id, r.id, r.text, r.reference FROM commitments_commitment_answers l
    JOIN recommendations_recommendation r ON r.id = l.recommendation_id
    LEFT JOIN workshops_workshop w ON w.id = r.workshop_id
    LEFT JOIN workshops_session s ON s.id = r.session_id
    WHERE l.commitment_id = ANY($1) AND r.state = 'published'
        AND (w.id IS NULL OR {TOLD.format(w="w")}) AND (s.id IS NULL OR s.disclosure <> 'off_record')
    ORDER BY r.made_in DESC, r.order, r.id
    """,
    "partners": f"""
    SELECT p.commitment_id, p.confirmed_at, o.id, o.slug, {SEEN.format(o="o")} AS seen,
        coalesce(nullif(o.english_name, ''), o.legal_name) AS name
    FROM commitments_commitmentpartner p JOIN organizations_organization o ON o.id = p.organization_id
    WHERE p.commitment_id = ANY($1) AND p.confirmed_at IS NOT NULL ORDER BY o.legal_name, o.id, p.id
    """,
    "milestones": """
    SELECT commitment_id, id, title, due_on, done_on FROM commitments_milestone
    WHERE commitment_id = ANY($1) ORDER BY due_on, id
    """,
    "updates": """
    SELECT commitment_id, id, reported_on, progress, value, text, next_step, language, corrects_id AS corrects
    FROM commitments_progressupdate WHERE commitment_id = ANY($1) ORDER BY reported_on, id
    """,
    "evidence": """
    SELECT commitment_id, id, update_id AS update, title, url, audience FROM commitments_evidence
    WHERE commitment_id = ANY($1) ORDER BY title, id
    """,
    "verifications": """
    SELECT commitment_id, id, completion, basis, value, verified_on FROM commitments_verification
    WHERE commitment_id = ANY($1) ORDER BY verified_on, id
    """,
    "stored": f"""
    SELECT object_id, text FROM base_document
    WHERE audience = 'public' AND kind = 'commitment' AND text <> '' AND object_id > $1
    ORDER BY object_id LIMIT {LIMIT + 1}
    """,
}
#: What hangs on the commitments of a page, a query each.
RELATED = (
    "pillars", "provisions", "targets", "answers", "partners", "milestones", "updates", "evidence", "verifications",
)  # fmt: skip


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    after = parse_qs(environ["QUERY_STRING"]).get("cursor", ["00000000-0000-0000-0000-000000000000"])[0]
    body = (assembly if environ["PATH_INFO"] == "/assembly" else stored)(after)
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def cursor() -> Any:
    """On this thread's own connection, which stays open."""
    if not hasattr(_local, "connection"):
        options = "-c timezone=UTC -c plan_cache_mode=force_generic_plan"
        _local.connection = psycopg2.connect(os.environ["DATABASE_URL"], options=options)
        _local.connection.autocommit = True
        with _local.connection.cursor() as first:
            for name, query in QUERIES.items():
                given = "uuid[]" if name in RELATED else "uuid"
                first.execute(f"PREPARE {name} ({given}) AS {query}")
    return _local.connection.cursor()


def stored(after: str) -> bytes:
    with cursor() as rows:
        rows.execute("EXECUTE stored (%s)", (after,))
        found = rows.fetchall()
    following = _next("stored", found[LIMIT - 1][0]) if len(found) > LIMIT else None
    texts = ",".join(text for _id, text in found[:LIMIT])
    return f'{{"next":{orjson.dumps(following).decode()},"results":[{texts}]}}'.encode()


def assembly(after: str) -> bytes:
    with cursor() as rows:
        rows.execute("EXECUTE commitments (%s)", (after,))
        found = _dicts(rows)
        page = found[:LIMIT]
        ids = [row["id"] for row in page]
        related = {name: _by_commitment(rows, name, ids) for name in RELATED}
    following = _next("assembly", ids[-1]) if len(found) > LIMIT else None
    results = [_commitment(row, {name: rows[row["id"]] for name, rows in related.items()}) for row in page]
    return orjson.dumps({"next": following, "results": results}, default=str, option=orjson.OPT_UTC_Z)


def _dicts(rows: Any) -> list[Row]:
    """psycopg2's own dictionaries take five times as long."""
    names = [column.name for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _by_commitment(rows: Any, name: str, ids: list[str]) -> defaultdict[str, list[Row]]:
    rows.execute(f"EXECUTE {name} (%s::uuid[])", (ids,))
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _dicts(rows):
        found[row.pop("commitment_id")].append(row)
    return found


def _commitment(row: Row, related: dict[str, list[Row]]) -> Row:
    """Columns that have the field's own name go over as they are."""
    partners, evidence = related["partners"], related["evidence"]
    organization = _identity(row, "o", "/organizations/{slug}/")
    workshop = _identity(row, "w", "/workshops/{slug}/")
    group = _identity(row, "g", "/workshops/{slug}/groups/{code}/", "code")
    output = _identity(row, "p", "/workshops/{slug}/#output-{order}", "order")
    shown = [each for each in evidence if each.pop("audience") == "public"]
    named = [each for each in partners if each["seen"]]
    return row | {
        "url": f"{SITE}/commitments/{row['reference']}/",
        "organization": organization,
        "workshop": workshop,
        "working_group": group,
        "output": output,
        "pillars": _codes(related["pillars"]),
        "provisions": _codes(related["provisions"]),
        "sdg_targets": _codes(related["targets"]),
        "answers": [
            {"id": each["id"], "name": each["text"], "url": f"{SITE}/recommendations/{each['reference']}/"}
            for each in related["answers"]
        ],
        "partners": [_partner(each) for each in named],
        "partners_not_shown": len(partners) - len(named),
        "milestones": related["milestones"],
        "updates": related["updates"],
        "evidence": shown,
        "evidence_not_shown": len(evidence) - len(shown),
        "verifications": related["verifications"],
    }


def _identity(row: Row, prefix: str, address: str, *parts: str) -> Row | None:
    """Takes the columns of a joined record out of the row."""
    pk, name, slug = row.pop(f"{prefix}_id"), row.pop(f"{prefix}_name"), row.pop(f"{prefix}_slug")
    more = {part: row.pop(f"{prefix}_{part}") for part in parts}
    return {"id": pk, "name": name, "url": SITE + address.format(slug=slug, **more)} if pk else None


def _partner(row: Row) -> Row:
    organization = {"id": row["id"], "name": row["name"], "url": f"{SITE}/organizations/{row['slug']}/"}
    return {"organization": organization, "confirmed_at": row["confirmed_at"]}


def _codes(rows: Iterable[Row]) -> list[str]:
    return [row["code"] for row in rows]


def _next(path: str, last: str) -> str:
    return f"{SITE}/{path}?cursor={last}"
