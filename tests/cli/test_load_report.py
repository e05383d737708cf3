"""What `actorgraph load` prints of a file: the first of many things, and how many more there are."""

from __future__ import annotations

from pathlib import Path

from program import Program


def test_a_load_names_the_first_unknown_words_and_columns_and_counts_the_rest(
    beside: Program, tmp_path: Path
) -> None:
    file = tmp_path / "strange.csv"
    more = ",".join(f"mood {n}" for n in range(22))
    rows = "".join(f"A,strange word {n},B{',' * 22}\n" for n in range(1_021))
    file.write_text(f"subject,relation,object,{more}\n{rows}")
    told = beside.ok("load", str(file), "--dry-run").err

    assert "strange word 19 (1) and 1,001 more" in told
    assert "mood 19 and 2 more" in told
