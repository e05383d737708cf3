"""Sixty names that try to be more than names: what people, files and programs have done to graph databases.

Each holds `MARK` (but for those that cannot), so that it is recognised in a statement however it was escaped,
cut or folded on the way there.
"""

from __future__ import annotations

from collections.abc import Mapping

MARK = "zq7"
LONG = 4_000

PAYLOADS: Mapping[str, str] = {
    # Cypher
    "delete": "zq7' DETACH DELETE n //",
    "delete in double quotes": 'zq7" DETACH DELETE n //',
    "second statement": "zq7; MATCH (n) DETACH DELETE n",
    "end of a label": "zq7`) DETACH DELETE (n) //",
    "doubled backtick": "zq7``) SET n.x = 1 //",
    "backtick by escape": "zq7\\u0060) DETACH DELETE n //",
    "backtick by two escapes": "zq7\\\\u0060 SET n:Owned //",
    "end of a list": "zq7'] RETURN 1 UNION MATCH (n) RETURN n //",
    "end of a map": "zq7'}) CREATE (:Owned {x:'",
    "end of a type": "zq7]->(x) CREATE (y) //",
    "comment": "zq7 /* x */ // y",
    "open comment": "zq7 /*",
    "parameter": "$zq7",
    "parameter in braces": "${zq7}",
    "dynamic label": "zq7:$(label)",
    "old parameter": "{zq7}",
    "load csv": "zq7' LOAD CSV FROM 'file:///x' AS l RETURN l //",
    "procedure": "zq7' CALL apoc.load.json('http://127.0.0.1') YIELD value //",
    "always true": "zq7' OR 1=1 --",
    "use": "zq7 USE system",
    # quotes, braces, backslashes
    "single quote": "O'zq7",
    "quotes": "\"zq7\" 'zq7' `zq7` „zq7“ «zq7»",
    "backslash at the end": "zq7\\",
    "backslashes": "zq7\\n\\t\\x00\\'\\\"",
    "braces": "{{zq7}} {%zq7%} [zq7] <zq7> (zq7",
    # templates and shells
    "template": "{{7*7}}zq7",
    "template of a page": "{% include 'zq7' %}",
    "expression": "${7*7}#{7*7}zq7",
    "format": "%s%n%x{0}{zq7!r}",
    "shell": "zq7; echo $(id) `id` | cat && true",
    "option": "--zq7=1",
    # pages
    "script": "<script>zq7</script>",
    "end of a script": "</script><script>zq7</script>",
    "picture": '"><img src=x onerror=zq7>',
    "handler": "' onmouseover='zq7' x='",
    "address of script": "javascript:zq7",
    "entity": "&lt;zq7&gt;&amp;&#0;&#x27;",
    "data address": "data:text/html,<b>zq7</b>",
    # tables
    "formula": '=HYPERLINK("http://127.0.0.1/zq7")',
    "formula by plus": "+zq7+cmd|' /C calc'!A0",
    "formula by minus": "-zq7",
    "formula by at": "@SUM(zq7)",
    "bars": "zq7|zq7,zq7;zq7\tzq7",
    # paths
    "way up": "../../../zq7",
    "way up, encoded": "..%2f..%2fzq7%00.csv",
    "way up, windows": "..\\..\\zq7",
    "another host": "//evil.example/zq7",
    "object of the language": "__proto__zq7",
    # unicode
    "right to left": "zq7\u202egnp.exe\u202c",
    "isolates": "zq7\u2066\u2069\u2067",
    "separators": "zq7\u2028zq7\u2029zq7\u0085zq7",
    "spaces": "zq7\u00a0\u2003\u3000\ufeffzq7",
    "joiners": "zq7\u200b\u200c\u200d\u2060",
    "marks": "zq7" + "\u0301" * 30,
    "wide": "ＺＱ７ zq7 Ａ＇；ＤＲＯＰ",
    "look-alike": "zq7 Рutin",
    "other scripts": "أحمد zq7 王小明 😀👩\u200d👩\u200d👧",
    "highest": "zq7\U0010ffff\ufffe",
    # control signs and length
    "null": "zq7\x00zq7",
    "control signs": "zq7\x1b[31mred\x07\x08\x7f\x9b\r",
    "lines": "zq7\nzq7\r\nX-Injected: 1",
    "very long": "zq7" * (LONG // 3),
}  # fmt: skip
