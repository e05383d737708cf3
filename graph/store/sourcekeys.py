"""The key of a source in the store: its id is unique within its data set only."""

from __future__ import annotations


def source_key(dataset: str, id: str) -> str:
    """`dataset/id`; a data set's name holds no slash, so the key can be taken apart again."""
    return f"{dataset}/{id}"
