"""Questions that a researcher would ask of the tables, in SQL.

As they stand they are DuckDB's; Spark wants a file's name as parquet.`…`, and is otherwise content with them.
"""

from __future__ import annotations

QUERIES: tuple[tuple[str, str], ...] = (
    (
        "Which two actors share most events?",
        """select a.actor, b.actor as other, count(distinct a.event) as events
from '{tables}/participants.parquet' a
join '{tables}/participants.parquet' b on a.event = b.event and a.actor < b.actor
group by a.actor, b.actor
order by events desc, a.actor, other
limit 10""",
    ),
    (
        "How much of each topic rests on one publisher alone?",
        """select topic, count(*) as events, sum(case when publishers = 1 then 1 else 0 end) as alone
from '{tables}/event_topics.parquet' t
join '{tables}/events/*/*.parquet' e on e.id = t.event
group by topic
order by events desc, topic""",
    ),
    (
        "How many events of each group does each month hold, where the month is certain?",
        """select substr(earliest, 1, 7) as month, type_group, count(*) as events
from '{tables}/events/*/*.parquet'
where substr(earliest, 1, 7) = substr(latest, 1, 7)
group by month, type_group
order by month, type_group""",
    ),
)
"""The question, and the query: `{tables}` is the folder or address of the Parquet files."""
