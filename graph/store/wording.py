"""What the words of a statement betray: the lock before the embedded engine, whose plans do not tell.

The user who may only read is what keeps the data safe there. This keeps out what such a user may do none the
less: procedures and functions that wait, compute for long or tell about the server, statements about other
people's statements, and writing that would have met no row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from graph.errors import CypherRefused
from graph.store.plan import FUNCTIONS, PROCEDURES

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

_TOKEN = re.compile(
    r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|//[^\n\r]*|/\*.*?\*/|\s+
    |(?P<quoted>`(?:[^`]|``)*`)|(?P<word>[^\W\d]\w*)|(?P<sign>\d[\w.]*|.)""",
    re.VERBOSE | re.DOTALL,
)


def refuse_by_words(statement: str) -> None:
    """Raise CypherRefused for a statement whose words do more than read; names and strings may hold any."""
    tokens = [found[0].strip("`") for found in _TOKEN.finditer(statement) if found.lastgroup]
    quoted = [found[0][0] == "`" for found in _TOKEN.finditer(statement) if found.lastgroup]
    if tokens and tokens[0].upper() in PHRASES:
        raise CypherRefused(f"only reading statements are answered here ({tokens[0].upper()})")
    for number, token in enumerate(tokens):
        before = tokens[number - 1].upper() if number else ""
        if _is_word(token) and before != ".":
            _refuse_functions(tokens, number)
        if quoted[number] or before in NAMED_AFTER:
            continue
        follows = tokens[number + 1] if number + 1 < len(tokens) else ""
        if token.upper() in CLAUSES and (_is_word(follows) or follows == "("):
            raise CypherRefused(f"only reading statements are answered here ({token.upper()})")
        if token.upper() == "IN" and follows.upper() == "TRANSACTIONS":
            raise CypherRefused("only reading statements are answered here (IN TRANSACTIONS)")
        if token.upper() == "CALL":
            _refuse_procedures(_name(tokens[number + 1 :]))


def _refuse_procedures(name: str) -> None:
    """Raise CypherRefused for a procedure that is not listed."""
    if name and not f"{name}(".lower().startswith(tuple(one.lower() for one in PROCEDURES)):
        raise CypherRefused(f"the procedure {name} is not among those that may be called here")


def _refuse_functions(tokens: Sequence[str], number: int) -> None:
    """Raise CypherRefused where a function with a family of its own is called that is not listed."""
    name = _name(tokens[number:])
    length = 2 * name.count(".") + 1
    called = tokens[number + length : number + length + 1] == ["("]
    procedure = number > 0 and tokens[number - 1].upper() == "CALL"
    if "." in name and called and not procedure and name.split(".")[0].lower() not in FUNCTIONS:
        raise CypherRefused(f"the function {name} is not among those that may be called here")


def _name(tokens: Sequence[str]) -> str:
    """The name with points that the tokens begin with; empty where they do not."""
    parts = takewhile(lambda pair: pair[1] == "." if pair[0] % 2 else _is_word(pair[1]), enumerate(tokens))
    return "".join(text for _, text in parts)


def _is_word(token: str) -> bool:
    return token[:1].isalpha() or token[:1] == "_"
