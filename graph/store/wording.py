"""What the words of a statement betray: the lock before the embedded engine, whose plans do not tell.

The user who may only read is what keeps the data safe there. This keeps out what such a user may do none the
less: procedures and functions that wait, compute for long or tell about the server, statements about other
people's statements, and writing that would have met no row. And what that engine would answer wrongly.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from graph.errors import CypherError, CypherRefused
from graph.store.asked import Asked
from graph.store.complaint import place_at
from graph.store.plan import FUNCTIONS, PROCEDURES
from graph.store.tokens import tokens

CLAUSES = frozenset(
    {
        "ALTER", "BACKUP", "CREATE", "DEALLOCATE", "DELETE", "DENY", "DETACH", "DROP", "ENABLE", "EXPORT",
        "FOREACH", "GRANT", "IMPORT", "INSERT", "LOAD", "MERGE", "NODETACH", "PROFILE", "REMOVE", "RENAME",
        "REVOKE", "SET", "SHOW", "START", "STOP", "TERMINATE", "TRUNCATE", "UPDATE", "USE",
    }
)  # fmt: skip
"""Words that begin something else than reading, where another word or a bracket follows them."""
PHRASES = frozenset({"BEGIN", "COMMIT", "ROLLBACK"})
"""Words that are commands to the connection where a statement begins with them."""
NAMED_AFTER = frozenset({".", ":", "$", "|", "&", "!", "AS"})
"""After these a word is a name, whatever it says."""

_COMPUTED = (("(",), ("all", "("), ("any", "("))
"""What follows the dollar of a label or type that is computed; after that of a parameter stands its name."""


def refuse_by_words(wanted: Asked) -> None:
    """Keep a statement whose words do more than read from being sent; names and strings may hold any.

    Raises: CypherRefused; CypherError where something is not closed, so that nobody can tell its words.
    """
    said = [found for found in tokens(wanted.statement) if found.lastgroup != "text"]
    if said and said[-1].lastgroup == "open":
        raise _fault("what begins here is not closed", wanted, said[-1].start())
    words = [found[0].strip("`") for found in said]
    quoted = [found.lastgroup == "quoted" for found in said]
    if words and words[0].upper() in PHRASES:
        raise CypherRefused(f"only reading statements are answered here ({words[0].upper()})")
    for number, token in enumerate(words):
        before = words[number - 1].upper() if number else ""
        if _is_word(token) and before != ".":
            _refuse_functions(words, number)
        if quoted[number] or before in NAMED_AFTER:
            continue
        follows = words[number + 1] if number + 1 < len(words) else ""
        if token.upper() in CLAUSES and (_is_word(follows) or follows == "("):
            raise CypherRefused(f"only reading statements are answered here ({token.upper()})")
        if token.upper() == "IN" and follows.upper() == "TRANSACTIONS":
            raise CypherRefused("only reading statements are answered here (IN TRANSACTIONS)")
        if token.upper() == "CALL":
            _refuse_procedures(_name(words[number + 1 :]))


def refuse_computed_names(wanted: Asked) -> None:
    """Keep a statement with labels or types that are computed from an engine that passes over them.

    Raises: CypherError that says where.
    """
    said = list(tokens(wanted.statement))
    for number, found in enumerate(said):
        after = tuple(one[0].lower() for one in said[number + 1 : number + 3])
        if found[0] == "$" and (after[:1] in _COMPUTED or after in _COMPUTED):
            raise _fault(
                "the embedded engine passes over labels and types that are computed; instead of $(…) compare "
                "with labels(…) or type(…), such as type(r) = $type",
                wanted,
                found.start(),
            )


def _refuse_procedures(name: str) -> None:
    """Raise CypherRefused for a procedure that is not listed."""
    if name and not f"{name}(".lower().startswith(tuple(one.lower() for one in PROCEDURES)):
        raise CypherRefused(f"the procedure {name} is not among those that may be called here")


def _refuse_functions(words: Sequence[str], number: int) -> None:
    """Raise CypherRefused where a function with a family of its own is called that is not listed."""
    name = _name(words[number:])
    length = 2 * name.count(".") + 1
    called = words[number + length : number + length + 1] == ["("]
    procedure = number > 0 and words[number - 1].upper() == "CALL"
    if "." in name and called and not procedure and name.split(".")[0].lower() not in FUNCTIONS:
        raise CypherRefused(f"the function {name} is not among those that may be called here")


def _name(words: Sequence[str]) -> str:
    """The name with points that the words begin with; empty where they do not."""
    parts = takewhile(lambda pair: pair[1] == "." if pair[0] % 2 else _is_word(pair[1]), enumerate(words))
    return "".join(text for _, text in parts)


def _fault(text: str, wanted: Asked, index: int) -> CypherError:
    """The error for a place of the statement."""
    place = place_at(wanted.written, wanted.start + index)
    return CypherError(f"{text} (line {place.line}, column {place.column})", place)


def _is_word(token: str) -> bool:
    return token[:1].isalpha() or token[:1] == "_"
