"""`python -m benchmarks [NAME …]`: run the named benchmarks, or all, and print their figures."""

from __future__ import annotations

import sys

from rich.console import Console

from benchmarks import load, measures, questions, start, view

BENCHMARKS = {
    "load": load.run,
    "start": start.run,
    "questions": questions.run,
    "measures": measures.run,
    "view": view.run,
}


def main(names: list[str]) -> int:
    """Exit code 1 when a bar was missed, 2 for an unknown name."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    met = True
    for name in names or BENCHMARKS:
        report = BENCHMARKS[name]()
        report.show(Console(width=130))
        met = met and report.met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
