#!/bin/sh
# Makes the `neo4j` group runnable: a JDK of 17 or newer, and the jars that tests/neo4j/fetch.py asks Maven for.
set -u

cd "$(dirname "$0")/../.."
jars=${ACTORGRAPH_NEO4J_JARS:-.cache/neo4j/lib}

jdk() {
    version=$(javac -version 2>&1 </dev/null | sed -n 's/^javac \([0-9][0-9]*\).*/\1/p')
    [ "${version:-0}" -ge 17 ] && java -version >/dev/null 2>&1 </dev/null
}

jdk || sh tests/setup/apt.sh default-jdk-headless
jdk || { echo "no Neo4j for the tests: no JDK of 17 or newer" >&2; exit 1; }
[ -e "$jars/complete" ] || mvn -v >/dev/null 2>&1 </dev/null || sh tests/setup/apt.sh maven
exec .venv/bin/python tests/neo4j/fetch.py </dev/null
