"""Every call of the API with parameters that have an answer in the tiny world."""

from __future__ import annotations

from graph.ids import relation_id

MEETING = relation_id("amal-haddad", "MEETS", "boris-orlov")
CONTESTED = relation_id("southland", "SUPPORTS", "harbour-front")

CALLS: tuple[tuple[str, str], ...] = (
    ("/api/v1/search", "?q=haddad"),
    ("/api/v1/search", "?q=the mediator&kind=person&limit=1"),
    ("/api/v1/search", "?q=%F0%9F%98%80 nobody"),
    ("/api/v1/actors/{id}", "amal-haddad"),
    ("/api/v1/actors/{id}", "harvest-day"),
    ("/api/v1/actors/{id}", "northland?since=2024&undated=include"),
    ("/api/v1/actors/{id}/neighbourhood", "amal-haddad"),
    ("/api/v1/actors/{id}/neighbourhood", "northland?depth=3&between=true&claims=true&view=true"),
    ("/api/v1/actors/{id}/neighbourhood", "northland?limit=1"),
    ("/api/v1/actors/{id}/timeline", "grain-union?bucket=year"),
    ("/api/v1/actors/{id}/timeline", "harbour-front?bucket=day&limit=1&since=2024-03"),
    ("/api/v1/actors/{id}/timeline", "harvest-day"),
    ("/api/v1/changes", "?since=2023&until=2024&claims=true&view=true"),
    ("/api/v1/changes", "?since=2024-03&until=2024-06&limit=1"),
    ("/api/v1/changes", "?since_load=load-1"),
    ("/api/v1/paths", "?from=amal-haddad&to=border-guard"),
    ("/api/v1/paths", "?from=Amal Haddad&to=southland&claims=true&view=true&k=3"),
    ("/api/v1/paths", "?from=amal-haddad&to=harvest-day"),
    ("/api/v1/paths", "?from=amal-haddad&to=northland&to=southland&via=boris-orlov&rank=strongest"),
    ("/api/v1/paths", "?from=amal-haddad&to=border-guard&format=markdown"),
    ("/api/v1/connections", "?actor=amal-haddad&actor=Boris Orlov&actor=southland"),
    ("/api/v1/connections", "?actor=southland&actor=harbour-front&by=type&claims=true&view=true"),
    ("/api/v1/connections", "?actor=harvest-day&actor=northland&actor=delta-oil&by=family"),
    ("/api/v1/common", "?actor=amal-haddad&actor=cara-lindqvist"),
    ("/api/v1/common", "?actor=cara-lindqvist&actor=boris-orlov&limit=1&between=true&claims=true&view=true"),
    ("/api/v1/measures", "?measure=degree"),
    ("/api/v1/measures", "?measure=betweenness&actor=Amal Haddad&actor=southland&depth=2&max_degree=2"),
    ("/api/v1/measures", "?measure=pagerank&kind=state&limit=1&since=2024"),
    ("/api/v1/measures", "?measure=core&max_degree=1"),
    ("/api/v1/measures", "?measure=communities&structural=include"),
    ("/api/v1/overview", ""),
    ("/api/v1/overview", "?limit=1&view=true&structural=include"),
    ("/api/v1/overview", "?community=k_amal-haddad&limit=2&view=true"),
    ("/api/v1/overview", "?community=k_grain-union&since=2024"),
    ("/api/v1/overview", "?type=NOT_MEETS&max_degree=3&view=true"),
    ("/api/v1/relations/{id}", MEETING),
    ("/api/v1/relations/{id}", CONTESTED),
    ("/api/v1/claims", ""),
    ("/api/v1/claims", "?subject=amal-haddad&object=Boris Orlov&type=MEETS&limit=1"),
    ("/api/v1/sources", ""),
    ("/api/v1/sources", "?dataset=tiny-world&limit=1"),
    ("/api/v1/sources/{id}", "daily"),
    ("/api/v1/sources/{id}", "tiny-world/report"),
    ("/api/v1/datasets", ""),
    ("/api/v1/datasets/{name}", "tiny-world"),
    ("/api/v1/schema", ""),
    ("/api/v1/schema", "?family=structural"),
    ("/api/v1/stats", ""),
    ("/api/v1/style", ""),
    ("/api/v1/loading", ""),
    ("/livez", ""),
    ("/readyz", ""),
)


def address(path: str, rest: str) -> str:
    name, mark, query = rest.partition("?")
    return path.replace("{id}", name).replace("{name}", name) + mark + query
