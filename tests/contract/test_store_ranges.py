"""Lists of numbers: a long one is refused before an engine fills its memory with it."""

from __future__ import annotations

import pytest

from graph.errors import CypherError, StatementPlace
from graph.store.bolt import Store

LONG = (
    "RETURN [i IN range(1, 200000000) | i] AS n",
    "RETURN size(range(0, 1000000)) AS n",
    "RETURN range(1, +1_000_001) AS n",
    "RETURN range(-5000000, 5000000, 3) AS n",
    "RETURN range(5000000, -5000000, -2) AS n",
    "RETURN size(RANGE ( 1 , /* all */ $last )) AS n",
    "UNWIND range(1, 2000000) AS i RETURN count(i) AS n",
    "RETURN size(range(0, 0xFFFFFF)) AS n",
    "RETURN size(range((1), ((2000000)))) AS n",
    "RETURN size(range(-(-1), - -2000000)) AS n",
    "WITH 1 AS x RETURN reduce(s = 0, i IN range(1, $last) | s + i) AS n",
)
SHORT = (
    ("RETURN size(range(1, 1000000)) AS n", 1_000_000),
    ("RETURN size(range(1, 10000000, 100)) AS n", 100_000),
    ("RETURN size(range(9, 1)) AS n", 0),
    ("RETURN size(range(1, 2 + 1)) AS n", 3),
    ("RETURN size('range(1, 200000000)') AS n", 19),
    ("WITH {range: 7} AS x RETURN x.range AS n", 7),
    ("UNWIND range(1, 1000000) AS i UNWIND range(1, 3) AS j RETURN count(i) AS n", 3_000_000),
    ("RETURN size(range(1, $few)) AS n", 4),
)


@pytest.mark.parametrize("statement", LONG)
async def test_a_long_list_is_refused_with_its_place(store: Store, statement: str) -> None:
    with pytest.raises(CypherError, match="may have 1,000,000") as refused:
        await store.cypher(statement, {"last": 2_000_000_000}, limit=1, timeout=5)

    assert refused.value.place is not None
    column = statement.lower().index("range") + 1
    assert refused.value.place == StatementPlace(1, column, statement[column - 1 : column + 4])


@pytest.mark.parametrize(("statement", "expected"), SHORT)
async def test_all_others_are_answered(store: Store, statement: str, expected: int) -> None:
    answer = await store.cypher(statement, {"few": 4}, limit=1, timeout=10)

    assert answer.values == ((expected,),)


@pytest.mark.parametrize(
    "statement", ["RETURN range(1, " + "9" * 5000 + ") AS n", "RETURN range(1, 9q) AS n"]
)
async def test_what_is_no_number_is_left_to_the_engine(store: Store, statement: str) -> None:
    with pytest.raises(CypherError) as refused:
        await store.cypher(statement, {}, limit=1, timeout=5)

    assert "may have" not in str(refused.value)
