from rdflib import RDFS, SKOS

from kg.merge.description import best_label
from kg.namespaces import GEO, KG
from kg.terms import EntityKind, Precision
from tests.factory import make_entity, make_extraction
from tests.merge.sets import example, merged
from tests.rdf.worlds import values


def test_the_most_frequent_label_wins_and_among_equals_the_longest() -> None:
    assert best_label(["Biden", "Joe Biden", "Biden"]) == "Biden"
    assert best_label(["Biden", "Joe Biden"]) == "Joe Biden"
    assert best_label(["b", "a"]) == "a"
    assert best_label([]) == ""


def test_a_merged_entity_has_one_kind_and_country_and_all_names() -> None:
    iri = example("syria")
    told = [
        make_entity(
            "E1",
            "Syria",
            EntityKind.PLACE,
            iri=iri,
            country="SYR",
            lat=1.0,
            lon=2.0,
            precision=Precision.PART,
        ),
        make_entity(
            "E1",
            "Syria",
            EntityKind.PLACE,
            iri=iri,
            country="SYR",
            lat=3.0,
            lon=4.0,
            precision=Precision.COUNTRY,
        ),
        make_entity("E1", "Syrian Arab Republic", EntityKind.STATE, iri=iri, country="IRQ"),
    ]
    graph = merged(
        *(
            make_extraction(entities=(entity,), events=(), doc_id=f"a{number}")
            for number, entity in enumerate(told)
        )
    )
    assert values(graph, iri, KG.kind) == ["state"], "it acts somewhere, so it is no mere place"
    assert values(graph, iri, KG.country) == ["SYR"]
    assert values(graph, iri, RDFS.label) == ["Syria"]
    assert values(graph, iri, SKOS.altLabel) == ["Syrian Arab Republic"]
    assert values(graph, iri, GEO.lat) == ["1.0"]
    assert values(graph, iri, GEO.long) == ["2.0"]
    assert values(graph, iri, KG.precision) == ["part"], "of the article with the coordinates"
    assert values(graph, iri, KG.reportedIn) == ["a0", "a1", "a2"]
