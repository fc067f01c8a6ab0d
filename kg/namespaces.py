"""The only place where IRIs are made, and where values get the one spelling that they have.

Terms live under ``https://w3id.org/kg-news/ns#`` and are closed: a misspelt ``KG.actr`` fails at
once. Things live under ``https://w3id.org/kg-news/id/``, except those that have a curated
identifier elsewhere (Wikidata, GeoNames), which keep it. A minted IRI depends on content alone,
never on a counter, a clock or the order of reading, so two runs on two machines agree. Every IRI
is plain ASCII; anything else is percent-encoded (RFC 3986), because strict stores refuse the rest.
"""

# ruff: noqa: N815 - RDF properties are lowerCamel, as in the ontology
import hashlib
import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import TypeVar
from urllib.parse import quote

from rdflib import XSD, Literal, URIRef
from rdflib.namespace import DefinedNamespace, Namespace

from kg.records import CharSpan, EntityRelation, EventMention, Quantity
from kg.terms import EntityKind, EntityRelationType, EventType, RelationType

Quad = tuple[URIRef, URIRef, URIRef | Literal, URIRef]
"""Subject, predicate, object and the graph that states it."""

TERMS = "https://w3id.org/kg-news/ns#"
THINGS = "https://w3id.org/kg-news/id/"


Terms = TypeVar("Terms", bound=type[DefinedNamespace])


def _ready(namespace: Terms) -> Terms:
    """Make each term an attribute: looking it up is then many times faster than making it."""
    for name in namespace.__annotations__:
        if not name.startswith("_"):
            setattr(namespace, name, namespace[name])
    return namespace


@_ready
class KG(DefinedNamespace):
    """The terms of ``ontology/kg.ttl`` that the code writes or reads."""

    _NS = Namespace(TERMS)
    _fail = True

    # Classes
    Article: URIRef
    ArticleGraph: URIRef
    Claim: URIRef
    Edge: URIRef
    Entity: URIRef
    EntityRelation: URIRef
    EntityRelationClaim: URIRef
    Event: URIRef
    EventAccount: URIRef
    EventRelation: URIRef
    Interval: URIRef
    MergeDecision: URIRef
    Outlet: URIRef
    Quantity: URIRef
    Span: URIRef

    # Articles
    fingerprint: URIRef
    text: URIRef

    # Entities
    country: URIRef
    kind: URIRef
    role: URIRef
    sector: URIRef

    # Events and claims
    actor: URIRef
    cameoCode: URIRef
    certainty: URIRef
    claim: URIRef
    confidence: URIRef
    context: URIRef
    dateDerivation: URIRef
    dateText: URIRef
    disagreesOn: URIRef
    earliest: URIRef
    eventType: URIRef
    grain: URIRef
    group: URIRef
    high: URIRef
    injured: URIRef
    killed: URIRef
    locatedBy: URIRef
    latest: URIRef
    low: URIRef
    mode: URIRef
    number: URIRef
    numberArrested: URIRef
    numberDisplaced: URIRef
    outlet: URIRef
    place: URIRef
    polarity: URIRef
    precision: URIRef
    quadClass: URIRef
    quantity: URIRef
    quantityKind: URIRef
    recipient: URIRef
    reportedIn: URIRef
    rule: URIRef
    score: URIRef
    sentence: URIRef
    speaker: URIRef
    status: URIRef
    time: URIRef
    trigger: URIRef
    unit: URIRef
    weapon: URIRef
    words: URIRef

    # Edges, relations, merging
    accountOf: URIRef
    because: URIRef
    canonical: URIRef
    event: URIRef
    fromEvent: URIRef
    independentSourceCount: URIRef
    judgement: URIRef
    member: URIRef
    office: URIRef
    relationType: URIRef
    sourceCount: URIRef
    symmetric: URIRef
    toEvent: URIRef

    # Graphs
    merged: URIRef


@_ready
class SEM(DefinedNamespace):
    """The Simple Event Model terms in use (van Hage et al. 2011)."""

    _NS = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
    _fail = True

    Event: URIRef


@_ready
class OA(DefinedNamespace):
    """The Web Annotation terms in use (W3C 2017)."""

    _NS = Namespace("http://www.w3.org/ns/oa#")
    _fail = True

    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    end: URIRef
    exact: URIRef
    start: URIRef


@_ready
class PROV(DefinedNamespace):
    """The PROV-O terms in use (W3C 2013)."""

    _NS = Namespace("http://www.w3.org/ns/prov#")
    _fail = True

    Entity: URIRef
    wasAttributedTo: URIRef
    wasDerivedFrom: URIRef
    wasQuotedFrom: URIRef


@_ready
class SCHEMA(DefinedNamespace):
    """The schema.org terms in use."""

    _NS = Namespace("https://schema.org/")
    _fail = True

    NewsArticle: URIRef
    datePublished: URIRef
    headline: URIRef
    identifier: URIRef
    publisher: URIRef
    sameAs: URIRef
    url: URIRef


@_ready
class GEO(DefinedNamespace):
    """The WGS84 terms in use (W3C 2003)."""

    _NS = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
    _fail = True

    lat: URIRef
    long: URIRef


PREFIXES = {
    "kg": TERMS,
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "wd": "http://www.wikidata.org/entity/",
    "gn": "https://sws.geonames.org/",
    "account": f"{THINGS}account/",
    "article": f"{THINGS}article/",
    "claim": f"{THINGS}claim/",
    "decision": f"{THINGS}decision/",
    "edge": f"{THINGS}edge/",
    "entity": f"{THINGS}entity/",
    "event": f"{THINGS}event/",
    "graph": f"{THINGS}graph/",
    "outlet": f"{THINGS}outlet/",
    "quantity": f"{THINGS}quantity/",
    "relation": f"{THINGS}relation/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "sh": "http://www.w3.org/ns/shacl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes for reading and writing graphs and queries, in the order in which files show them."""

_WIKIDATA_ID = re.compile(r"Q[1-9][0-9]*")
_GEONAMES_ID = re.compile(r"[1-9][0-9]*")
_ISO_COUNTRY = re.compile(r"[A-Z]{3}")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_ARTICLE_WORD = re.compile(r"^(?:the|an?)\s+")


def entity_iri(
    *,
    kind: EntityKind,
    name: str,
    country: str | None = None,
    curated: str | None = None,
    doc_id: str | None = None,
) -> str:
    """Return the IRI of an entity: its curated identifier if it has one, else a minted one.

    A curated identifier is one of ``wikidata:Q796``, ``geonames:98182``, ``iso:IRQ`` or
    ``kg:<name>``, and alone decides. Without one, kind, name and country decide: letter case,
    accents, punctuation and a leading article make no difference.

    Args:
        country: ISO 3166 alpha-3. It keeps the Congress of one state from that of another;
            a person's name counts without it, since articles tell a person's country unevenly.
        doc_id: Given for whatever has no name of its own ("two Iraqi security sources", a
            bare surname nobody resolved): such a thing is the same only within its article.

    Raises:
        ValueError: ``curated`` is of no known scheme, or its identifier is malformed.

    >>> entity_iri(kind=EntityKind.STATE, name="Iraq", country="IRQ", curated="wikidata:Q796")
    'http://www.wikidata.org/entity/Q796'
    >>> entity_iri(kind=EntityKind.ARMED_GROUP, name="Kata'ib Hizballah", country="IRQ")
    'https://w3id.org/kg-news/id/armed-group/kataib-hizballah/IRQ'
    """
    if curated is not None:
        return _curated_iri(curated)
    parts = [kind.value.replace("_", "-"), slug(name)]
    if doc_id is not None:
        parts.append(f"in-{digest('article', doc_id)[:12]}")
    elif country is not None and kind is not EntityKind.PERSON:
        parts.append(quote(country.upper(), safe=""))
    return THINGS + "/".join(parts)


def _curated_iri(curated: str) -> str:
    scheme, _, name = curated.partition(":")
    if scheme == "wikidata" and _WIKIDATA_ID.fullmatch(name):
        return wikidata_iri(name)
    if scheme == "geonames" and _GEONAMES_ID.fullmatch(name):
        return geonames_iri(name)
    if scheme == "iso" and _ISO_COUNTRY.fullmatch(name):
        return f"{THINGS}country/{name}"
    if scheme == "kg" and name.strip():
        return f"{THINGS}entity/{slug(name)}"
    raise ValueError(
        f"curated identifier {curated!r}: write wikidata:Q1, geonames:1, iso:IRQ, kg:x"
    )


def wikidata_iri(name: str) -> str:
    """Return the IRI of the Wikidata item ``name`` (``Q796``)."""
    return f"http://www.wikidata.org/entity/{quote(name, safe='')}"


def geonames_iri(name: str) -> str:
    """Return the IRI of the GeoNames feature whose number is ``name``."""
    return f"https://sws.geonames.org/{quote(name, safe='')}/"


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """Return ``name`` as a percent-encoded path segment, equal for equal spellings.

    Case is folded, accents, apostrophes and a leading article go, other punctuation becomes one
    hyphen. Letters of other scripts stay and are percent-encoded.

    >>> slug("The U.S. Army"), slug("Al-Assad, Bashar"), slug("Hüseyin")
    ('us-army', 'al-assad-bashar', 'huseyin')
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    plain = _ARTICLE_WORD.sub("", " ".join(plain.split()))
    for mark in ".'’‘ʻʼ`":
        plain = plain.replace(mark, "")
    joined = _NOT_WORD.sub("-", plain).strip("-")
    # A name of symbols alone still needs a segment of its own.
    return quote(joined, safe="") or f"x{digest('name', name)[:12]}"


def digest(*key: str) -> str:
    """Return the first 20 hexadecimal digits of the SHA-256 of ``key``, its parts kept apart."""
    joined = "\x1f".join(key)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def article_iri(doc_id: str) -> URIRef:
    """Return the IRI of an article; ``doc_id`` is its identity within a graph."""
    return URIRef(f"{THINGS}article/{quote(doc_id, safe='', errors='surrogatepass')}")


def article_graph_iri(doc_id: str) -> URIRef:
    """Return the IRI of the named graph that holds what one article says."""
    return URIRef(f"{THINGS}graph/{quote(doc_id, safe='', errors='surrogatepass')}")


def is_article_graph(iri: str) -> bool:
    """Whether ``iri`` names the graph of an article."""
    return iri.startswith(f"{THINGS}graph/")


def span_iri(article: URIRef, span: CharSpan) -> URIRef:
    """Return the IRI of a stretch of an article (fragment as in RFC 5147)."""
    return URIRef(f"{article}#char={span.start},{span.end}")


def outlet_iri(publisher: str) -> URIRef:
    """Return the IRI of the outlet that publishes under the name ``publisher``."""
    return URIRef(f"{THINGS}outlet/{slug(publisher)}")


def interval_iri(earliest: str, latest: str, grain: str) -> URIRef:
    """Return the IRI of the stretch of days ``earliest`` to ``latest`` (ISO dates)."""
    return URIRef(f"{THINGS}time/{earliest}/{latest}/{grain}")


def claim_iri(doc_id: str, event: EventMention, participants: tuple[str, ...]) -> URIRef:
    """Return the IRI of the claim that an event mention makes.

    The key is what was read: article, trigger, type, status, and the IRIs of actors, recipients
    and places in ``participants``; two mentions that agree in all of these are one claim.
    """
    trigger = f"{event.trigger.start},{event.trigger.end}"
    key = digest("claim", doc_id, trigger, event.type, event.status, *participants)
    return URIRef(f"{THINGS}claim/{key}")


def quantity_iri(claim: URIRef, quantity: Quantity, group: str) -> URIRef:
    """Return the IRI of a count that a claim makes.

    Args:
        group: IRI of the entity of those counted; "" if there is none.
    """
    extent = f"{quantity.number},{quantity.low},{quantity.high}"
    key = digest("quantity", claim, quantity.kind, extent, quantity.unit, quantity.text, group)
    return URIRef(f"{THINGS}quantity/{key}")


def entity_relation_claim_iri(
    doc_id: str, relation: EntityRelation, ends: tuple[str, str]
) -> URIRef:
    """Return the IRI of the claim that a stated relation between two entities makes.

    The key is what was read: article, words, type, status, and the IRIs of both ``ends``.
    """
    words = f"{relation.evidence.start},{relation.evidence.end}"
    key = digest("relation claim", doc_id, words, relation.type, relation.status, *ends)
    return URIRef(f"{THINGS}claim/{key}")


def account_iri(first_claim: URIRef) -> URIRef:
    """Return the IRI of an article's account of an event, from its first claim."""
    return URIRef(f"{THINGS}account/{digest('account', first_claim)}")


def event_iri(least_account: URIRef) -> URIRef:
    """Return the IRI of a merged event, from the least of the IRIs of its accounts.

    One account decides instead of all, so that an event mostly keeps its IRI while accounts of
    further articles join it.
    """
    return URIRef(f"{THINGS}event/{digest('event', least_account)}")


def edge_iri(subject: URIRef, predicate: URIRef, obj: URIRef) -> URIRef:
    """Return the IRI of the statement node of a direct edge, the same in every graph."""
    return URIRef(f"{THINGS}edge/{digest('edge', subject, predicate, obj)}")


def relation_iri(relation_type: URIRef, source: URIRef, target: URIRef) -> URIRef:
    """Return the IRI of a stated relation between two events, or between two entities.

    Args:
        relation_type: The concept of the type, or, between entities, the property of the edge.
    """
    return URIRef(f"{THINGS}relation/{digest('relation', relation_type, source, target)}")


def decision_iri(member: URIRef, canonical: URIRef) -> URIRef:
    """Return the IRI of the judgement that ``member`` is the same as ``canonical``."""
    return URIRef(f"{THINGS}decision/{digest('decision', member, canonical)}")


def event_type_iri(event_type: EventType) -> URIRef:
    """Return the concept of an event type."""
    return URIRef(TERMS + event_type.value)


def mode_iri(event_type: EventType, mode: str) -> URIRef:
    """Return the concept of a mode of an event type."""
    return URIRef(f"{TERMS}{event_type.value}-{quote(mode, safe='')}")


def relation_type_iri(relation_type: RelationType) -> URIRef:
    """Return the concept of a type of relation between events."""
    return URIRef(f"{TERMS}relation-{relation_type.value}")


def entity_relation_type_iri(relation_type: EntityRelationType) -> URIRef:
    """Return the concept of a type of relation between entities."""
    return URIRef(f"{TERMS}entity-relation-{relation_type.value}")


def local_name(iri: str) -> str:
    """Return the part of a term's IRI after its namespace (``attacked``)."""
    return iri.removeprefix(TERMS)


TRUE = Literal("true", datatype=XSD.boolean)


@lru_cache(maxsize=4096)
def plain(value: str) -> Literal:
    """Return a short string as a literal; for texts, which do not recur, use ``Literal``."""
    return Literal(value)


@lru_cache(maxsize=4096)
def integer(value: int) -> Literal:
    """Return a whole number as ``xsd:integer``."""
    return Literal(str(value), datatype=XSD.integer)


@lru_cache(maxsize=4096)
def day(value: date) -> Literal:
    """Return a day as ``xsd:date``."""
    return Literal(value.isoformat(), datatype=XSD.date)


@lru_cache(maxsize=4096)
def decimal(value: float) -> Literal:
    """Return ``value`` as ``xsd:decimal`` with at most six decimals and at least one.

    >>> str(decimal(0.85)), str(decimal(-9))
    ('0.85', '-9.0')
    """
    text = f"{value:.6f}".rstrip("0")
    return Literal(f"{text}0" if text.endswith(".") else text, datatype=XSD.decimal)
