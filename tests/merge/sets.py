"""Build the merged graph of a few one-sentence articles, for tests."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rdflib import RDF, Graph, URIRef

from kg.merge.assemble import assemble
from kg.merge.facts import ArticleFacts, ClaimFacts, read_article_graph
from kg.namespaces import KG
from kg.rdf.mapping import to_quads
from kg.records import Entity, Extraction
from kg.terms import EntityKind
from tests.factory import make_entity, make_event, make_extraction, on_day
from tests.rdf.worlds import to_graph

MILITIA = ("militia", EntityKind.ARMED_GROUP)
ARMY = ("army", EntityKind.MILITARY)
BASE = ("base", EntityKind.FACILITY)
SYRIA = ("Syria", EntityKind.STATE)
COUNTRY = ("Lebanon", EntityKind.PLACE)
OFFICIAL = ("official", EntityKind.PERSON)
ENVOY = ("envoy", EntityKind.PERSON)

Known = tuple[str, EntityKind]


def told(
    doc_id: str,
    *,
    actors: Sequence[Known] = (),
    recipients: Sequence[Known] = (),
    places: Sequence[Known] = (),
    speakers: Sequence[Known] = (),
    day: str | None = "2024-04-21",
    text: str | None = None,
    publisher: str | None = None,
    more: Sequence[Entity] = (),
    **values: Any,
) -> Extraction:
    """Return an article that tells of one event; each has a text of its own unless given."""
    entities: dict[Known, Entity] = {}
    ids = []
    for group in (actors, recipients, places, speakers):
        for name, kind in group:
            iri = f"https://example.org/{name}"
            entity = make_entity(f"E{len(entities) + 1}", name, kind, iri=iri)
            entities.setdefault((name, kind), entity)
        ids.append(tuple(entities[known].id for known in group))
    text = text or f"{doc_id} {doc_id}: They attacked in {doc_id} {doc_id} {doc_id}."
    event = make_event(
        text=text,
        actors=ids[0],
        recipients=ids[1],
        **(
            {"places": ids[2], "attribution": ids[3], "date": on_day(day) if day else None} | values
        ),
    )
    return make_extraction(
        text,
        entities=(*entities.values(), *more),
        events=(event,),
        doc_id=doc_id,
        publisher=publisher,
        published=date(2024, 4, 22),
    )


def merged(*articles: Extraction) -> Graph:
    """Return the merged graph of these articles."""
    return to_graph(assemble(to_quads(article) for article in articles))


def facts_of(*articles: Extraction) -> list[ArticleFacts]:
    """Return these articles as merging reads them."""
    return [read_article_graph(to_quads(article)) for article in articles]


def claims_of(*articles: Extraction) -> list[ClaimFacts]:
    """Return the claims of these articles."""
    return [
        claim
        for facts in facts_of(*articles)
        for account in facts.accounts
        for claim in account.claims
    ]


def event_count(graph: Graph) -> int:
    """Return how many merged events there are."""
    return len(set(graph.subjects(RDF.type, KG.Event)))


def example(name: str) -> URIRef:
    """Return the IRI of an entity of these articles."""
    return URIRef(f"https://example.org/{name}")
