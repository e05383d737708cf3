"""How an answer is written: every field under its name, and those that were not asked for left out."""

from __future__ import annotations

from dataclasses import fields, replace
from types import MappingProxyType

import orjson
import pytest

from api.schemas import RelationAnswer
from api.wire import encode
from graph.ids import relation_id
from graph.model import Claim, Hop, Relation, Subgraph

RELATION = Relation(
    relation_id("a", "MEETS", "b"), "a", "b", "MEETS", "meets", "CONSULT", "verbal_cooperation", True,
    "positive", {"asserted": 2}, 2, 1, "2024", "2025-03", True, relation_id("a", "NOT_MEETS", "b"),
)  # fmt: skip


def test_a_relation_has_all_its_fields_in_their_order_and_claims_when_asked_for() -> None:
    written = orjson.loads(encode(RELATION))
    names = [field.name for field in fields(Relation)]
    assert list(written) == names[:-1]
    assert written == {name: getattr(RELATION, name) for name in names[:-1]}
    claim = Claim("c_1", "made", "a", "b", "MEETS")
    with_claims = orjson.loads(encode(replace(RELATION, claims=(claim,))))
    assert list(with_claims) == names
    assert with_claims["claims"][0]["id"] == "c_1"
    assert orjson.loads(encode(replace(RELATION, claims=())))["claims"] == []


def test_a_relation_asked_for_by_itself_always_has_its_claims() -> None:
    own = {field.name: getattr(RELATION, field.name) for field in fields(Relation)}
    written = orjson.loads(encode(RelationAnswer(**own)))
    assert list(written) == [field.name for field in fields(RelationAnswer)]
    assert written["claims"] is None


def test_names_that_python_keeps_are_written_as_they_are_meant() -> None:
    assert list(orjson.loads(encode(Hop("a", "b", ("r_1",))))) == ["from", "to", "relations"]


def test_a_view_is_there_when_it_was_asked_for() -> None:
    assert "view" not in orjson.loads(encode(Subgraph()))


def test_a_mapping_of_any_kind_is_an_object() -> None:
    assert orjson.loads(encode(MappingProxyType({"a": 1}))) == {"a": 1}


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        encode(object())
