"""`python -m api.cli`: the same command where the script is not on the path."""

from api.cli.main import run

run()
