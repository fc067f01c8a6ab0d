from kg.merge.entities import Decision, judge_entities
from kg.namespaces import THINGS, entity_iri
from kg.records import Entity
from kg.terms import EntityKind
from tests.factory import make_entity, make_extraction
from tests.merge.sets import facts_of


def judged(*entities: Entity) -> tuple[Decision, ...]:
    """Return the judgements when each entity is of an article of its own."""
    return judge_entities(
        facts_of(
            *(
                make_extraction(entities=(entity,), events=(), doc_id=f"a{number}")
                for number, entity in enumerate(entities)
            )
        )
    )


def named(
    name: str,
    kind: EntityKind = EntityKind.NGO,
    country: str | None = None,
    *,
    curated: str | None = None,
    doc_id: str | None = None,
    wikidata: str | None = None,
) -> Entity:
    iri = entity_iri(kind=kind, name=name, country=country, curated=curated, doc_id=doc_id)
    return make_entity("E1", name, kind, iri=iri, country=country, wikidata=wikidata)


def test_equal_iris_need_no_judgement() -> None:
    assert judged(named("Iraq", curated="iso:IRQ"), named("Iraq", curated="iso:IRQ")) == ()


def test_a_curated_identifier_beside_a_minted_one_wins() -> None:
    (decision,) = judged(named("SOHR", wikidata="Q2"), named("Observatory", curated="wikidata:Q2"))
    assert str(decision.canonical) == "http://www.wikidata.org/entity/Q2"
    assert set(map(str, decision.members)) == {f"{THINGS}ngo/sohr", str(decision.canonical)}


def test_a_missing_country_is_supplied_by_the_only_namesake() -> None:
    congress = EntityKind.GOVERNMENT
    (decision,) = judged(named("Congress", congress), named("Congress", congress, "USA"))
    assert decision.canonical.endswith("congress/USA")


def test_a_missing_country_stays_missing_between_two_namesakes() -> None:
    kind = EntityKind.GOVERNMENT
    both = named("Congress", kind, "USA"), named("Congress", kind, "PER")
    assert judged(named("Congress", kind), *both) == ()


def test_an_acronym_of_one_full_name_is_joined_to_it() -> None:
    (decision,) = judged(named("Syrian Observatory for Human Rights"), named("SOHR"))
    assert decision.canonical.endswith("ngo/syrian-observatory-for-human-rights")
    assert "acronym" in decision.because[0]


def test_an_acronym_of_two_names_or_of_another_kind_is_not() -> None:
    other = "Swiss Office for Human Rights"
    assert judged(named("Syrian Observatory for Human Rights"), named(other), named("SOHR")) == ()
    assert judged(named(other), named("SOHR", EntityKind.COMPANY)) == ()


def test_an_acronym_of_another_country_is_not() -> None:
    assert (
        judged(named("Front for National Peace", country="SYR"), named("FNP", country="IRQ")) == ()
    )


def test_descriptions_of_one_article_are_never_joined() -> None:
    name = "SOHR"
    scoped = named(name, doc_id="a1")
    assert judged(named("Syrian Observatory for Human Rights"), scoped) == ()


def test_two_curated_identifiers_are_never_made_one() -> None:
    full = named("Syrian Observatory for Human Rights", wikidata="Q1")
    short = named("SOHR", wikidata="Q2")
    curated = named("a", curated="wikidata:Q1"), named("b", curated="wikidata:Q2")
    assert judged(full, short, *curated) == ()
