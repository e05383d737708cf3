#!/bin/sh
# Fetches what the optional groups of tests need: a browser, Neo4j's jars with a Java that runs them, and a
# JavaScript driver with its Node.
# What cannot be had is said in a line and is no failure here: its group is skipped by name.
set -u

cd "$(dirname "$0")/../.."

sh tests/setup/browser.sh --get >/dev/null
sh tests/setup/neo4j.sh
sh tests/setup/node.sh
exit 0
