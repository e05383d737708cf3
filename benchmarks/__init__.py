"""Figures of the product beside a reference in the same run; `python -m benchmarks` runs them, `make test`
does not."""
