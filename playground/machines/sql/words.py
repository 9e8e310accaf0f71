"""Words that PostgreSQL keeps for itself, as far as they stand where a name could."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FIRM = words(
    "and or from where select order limit group having union intersect except as asc desc on then else when end "
    "into using for in with to offset fetch"
)
"""Never a name, and never the beginning of an expression."""

AFTER_A_CONDITION = words(
    "and or is isnull notnull in like ilike similar between not collate at operator overlaps group having window "
    "union intersect except order limit offset fetch for"
)
"""May follow an expression."""

BEGINNINGS = words(
    "all analyse analyze any array asymmetric both case cast check collate column constraint create current_catalog "
    "current_date current_role current_time current_timestamp current_user default deferrable distinct do false "
    "foreign grant initially lateral leading localtime localtimestamp not null only placing primary references "
    "returning session_user some symmetric table trailing true unique user variadic window "
    "authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left "
    "like natural notnull outer overlaps right similar tablesample verbose "
    "between bigint bit boolean char character coalesce dec decimal exists extract float greatest grouping inout int "
    "integer interval least national nchar none normalize nullif numeric out overlay position precision real row "
    "setof smallint substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists "
    "xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable ctid oid xmin xmax cmin cmax tableoid"
)
"""Other reserved words and names of the system: PostgreSQL may go on with them."""

STATEMENTS = words(
    "abort alter analyse analyze begin call checkpoint close cluster comment commit copy create deallocate declare "
    "delete discard do drop end execute explain fetch grant import insert listen load lock merge move notify prepare "
    "reassign refresh reindex release reset revoke rollback savepoint security set show start table truncate "
    "unlisten update vacuum values with"
)
"""Other statements begin so."""
