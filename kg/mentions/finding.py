"""Find the places of a text that refer to actors, places and things.

In come the parse, the entity labels of the pipeline and the names of the knowledge file; out go
mentions: names, common-noun descriptions ("two Iraqi security sources") and personal pronouns,
each with what it resolves to on its own. Which of them are the same entity is left to
``kg.mentions.coref``.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Protocol

from spacy.tokens import Doc, Span, Token

from kg.mentions.bonds import HYPHENS, bonds, is_tied
from kg.mentions.seats import PartySlots, is_government
from kg.records import CharSpan, Description, Hint, Link
from kg.resources import data_path, read_toml
from kg.syntax import Role, Syntax
from kg.terms import EntityKind, MentionLevel

_NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT"})
_KIND_BY_LABEL = {
    "PERSON": EntityKind.PERSON,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.FACILITY,
    "NORP": EntityKind.ETHNIC_RELIGIOUS_GROUP,
}
_ACTING_BODIES = frozenset(
    {
        EntityKind.ARMED_GROUP,
        EntityKind.COALITION,
        EntityKind.GOVERNMENT,
        EntityKind.MILITARY,
        EntityKind.POLICE,
    }
)
_NO_BODIES = frozenset(
    {EntityKind.PERSON, EntityKind.CIVILIANS, EntityKind.PLACE, EntityKind.WEAPON}
)
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_PARTY_DEPS = frozenset({"nsubj", "nsubj:pass", "obj", "obl:agent"})
_NOUN_POS = frozenset({"NOUN", "PROPN"})
_NATIONAL_POS = frozenset({"ADJ", "PROPN"})
_LONGEST_TITLE = 4
_PERSONAL = frozenset({"PRP", "PRP$"})
# A town called Hit is no reason to take the verb of a headline for a place.
_NEVER_NAMES = frozenset({"VERB", "AUX", "ADV", "ADP", "DET", "PRON", "SCONJ", "CCONJ"})
_PREMODIFIERS = frozenset({Role.ADJECTIVE, Role.COMPOUND})


class Resolver(Protocol):
    """What this stage needs of ``kg.linking``."""

    def resolve(self, name: str, *, day: date | None = None, hint: Hint | None = None) -> Link:
        """Return what a proper name refers to."""
        ...

    def is_title(self, words: str) -> bool:
        """Tell whether the words are a title or an office."""
        ...

    def describe(self, phrase: Description, *, day: date | None = None) -> Link:
        """Return what a common-noun description refers to."""
        ...


# How many words a phrase may have that follows the head of a description, to be part of its name,
# and which prepositions besides "of" begin such a phrase.
_LONGEST_PHRASE = 5
_STANDING = frozenset({"in", "from", "on", "at"})


@dataclass(frozen=True, kw_only=True, slots=True)
class NameSpan:
    """A name found in the text, by the pipeline or in the knowledge file.

    Attributes:
        start: Index of the first token.
        end: Index just past the last token.
        label: Entity label of the pipeline, or of the knowledge file.
    """

    start: int
    end: int
    label: str


class KnownName(Protocol):
    """A name of the knowledge file in a text, as ``kg.linking`` finds it."""

    @property
    def span(self) -> CharSpan:
        """Where it stands."""
        ...

    @property
    def label(self) -> str:
        """Entity label."""
        ...


NameFinder = Callable[[str], Iterable[KnownName]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A place in the text that refers to something.

    Attributes:
        head: Index of the head token.
        start: Index of the first token.
        end: Index just past the last token.
        span: The same stretch in characters.
        label: Entity label of a name; "" otherwise.
        link: What the words resolve to by themselves.
        countries: ISO 3166 alpha-3 codes of the countries that modify a description.
        is_definite: Whether a description points to something known ("the group", "this").
        is_plural: Whether the head is plural.
    """

    head: int
    start: int
    end: int
    span: CharSpan
    level: MentionLevel
    label: str
    link: Link
    countries: tuple[str, ...] = ()
    is_definite: bool = False
    is_plural: bool = False


def _is_clause(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX", "PUNCT", "CCONJ", "SPACE"}


class Mentions:
    """The mentions of one document, by token."""

    def __init__(self, syntax: Syntax, mentions: Sequence[Mention]) -> None:
        self.all = tuple(sorted(mentions, key=lambda item: (item.start, -item.end)))
        self.doc = syntax.doc
        self._syntax = syntax
        self._by_head = {item.head: item for item in self.all}
        self._by_name_token = {
            index: item
            for item in self.all
            if item.level is MentionLevel.NAME
            for index in range(item.start, item.end)
        }

    def at(self, token: Token) -> Mention | None:
        """Return the mention that the noun phrase headed by ``token`` makes, or None.

        A title stands for the person named with it; a number or quantity ("dozens of
        fighters") for what it counts.
        """
        named = self._by_name_token.get(token.i)
        if named is not None:
            return named
        person = self._named_person(token)
        if person is not None:
            return person
        mention = self._by_head.get(token.i)
        if mention is not None:
            return mention
        if token.pos_ in {"NUM", "DET", "PRON", "ADJ", "NOUN"}:
            for arc in self._syntax.arcs(token, Role.MODIFIER, Role.OBLIQUE):
                if arc.word == "of":
                    return self.at(arc.token)
        return None

    def exactly_at(self, token: Token) -> Mention | None:
        """Return the mention whose own head is ``token``, or None."""
        return self._by_head.get(token.i)

    def described(self, mention: Mention) -> CharSpan:
        """Return the words of a description with the phrase that follows its head, if short.

        "Traders in Peshawar", "members of the Front": what tells them from others. "Soldiers in
        the battle" are told from others by what they were in, which the text has told already.
        """
        end = mention.end
        for arc in self._syntax.arcs(self.doc[mention.head], Role.MODIFIER):
            named = self.at(arc.token)
            stop = max(arc.token.i + 1, 0 if named is None else named.end)
            below = self.doc[end:stop]
            is_next = self._syntax.subtree(arc.token)[0].i == end and len(below) <= _LONGEST_PHRASE
            is_known = bool(self._syntax.dependents(arc.token, Role.DETERMINER, Role.POSSESSOR))
            is_telling = arc.word == "of" or (arc.word in _STANDING and not is_known)
            # "A lawyer for the family", "a spokesman for the rebels" serve somebody.
            is_telling |= arc.word == "for" and mention.link.kind is EntityKind.PERSON
            if is_telling and is_next and not any(map(_is_clause, below)):
                end = stop
        words = self.doc[mention.start : end]
        return CharSpan(start=words.start_char, end=words.end_char)

    def named_parts(self) -> AbstractSet[int]:
        """Return the indices of all tokens that belong to a name."""
        return self._by_name_token.keys()

    def _named_person(self, token: Token) -> Mention | None:
        for item in self._syntax.dependents(token, Role.NAME_PART, Role.APPOSITION, Role.COMPOUND):
            named = self._by_name_token.get(item.i)
            if named is not None and named.label == "PERSON" and item.i > token.i:
                return named
        after = self._by_name_token.get(token.i + 1)
        own = self._by_head.get(token.i)
        if after is None or token.pos_ not in _NOUN_POS:
            return None
        is_same_kind = own is not None and own.link.kind is after.link.kind
        return after if after.label == "PERSON" or is_same_kind else None


def find_mentions(
    doc: Doc,
    syntax: Syntax,
    resolver: Resolver,
    *,
    names: NameFinder,
    published: date | None = None,
    skip: frozenset[int] = frozenset(),
    deeds: Container[str] = (),
    parties: PartySlots = MappingProxyType({}),
) -> Mentions:
    """Find all mentions of a document.

    Args:
        names: Finds the names of the knowledge file.
        deeds: Lemmas of nouns that name events: who stands before one did it ("army raids").
        parties: In which slots of which words a party stands: "urged [Moscow]".
        published: The day as of which offices are resolved.
        skip: Indices of tokens that refer to nothing: captions, credits, by-lines.
    """
    found: list[Mention] = []
    named: set[int] = set()
    spans = _name_spans(doc, names, resolver)
    context = _countries(spans, doc, resolver)
    for name in spans:
        if any(index in skip for index in range(name.start, name.end)):
            continue
        span = doc[name.start : name.end]
        acts = is_tied(span) or is_government(span, syntax, parties)
        hint = Hint(label=name.label, countries=context, is_actor=acts)
        found.append(_name_mention(name, syntax, resolver, published, hint))
        named.update(range(name.start, name.end))
    by_token = {index: item for item in found for index in range(item.start, item.end)}
    for token in syntax.tokens:
        if token.i in skip or token.i in named:
            continue
        if token.pos_ in _NOUN_POS or (token.pos_ == "ADJ" and token.tag_ in {"NNS", "NNPS"}):
            doer = _doer(token, syntax, resolver, deeds)
            mention = doer or _nominal_mention(token, syntax, resolver, by_token, published)
            if mention is not None:
                found.append(mention)
        elif token.tag_ in _PERSONAL:
            found.append(_pronoun_mention(token))
    return Mentions(syntax, found)


def _name_spans(doc: Doc, names: NameFinder, resolver: Resolver) -> list[NameSpan]:
    """Join the pipeline's names and those of the knowledge file; the longer span wins."""
    known = []
    for name in names(doc.text):
        span = doc.char_span(name.span.start, name.span.end)
        if span is not None and span.root.pos_ not in _NEVER_NAMES:
            known.append((NameSpan(start=span.start, end=span.end, label=name.label), 0))
    guessed = [
        (_without_title(doc, span, resolver), 1)
        for span in doc.ents
        if span.label_ in _NAME_LABELS and span.root.pos_ not in _NEVER_NAMES
    ]
    taken: set[int] = set()
    chosen = []
    for found, _ in sorted(
        known + guessed, key=lambda item: (item[0].start - item[0].end, item[1])
    ):
        indices = set(range(found.start, found.end))
        if not indices & taken:
            taken |= indices
            chosen.append(found)
        elif found.label == "PERSON":
            _lengthen(chosen, found, taken)
    chosen += _repeated_names(doc, chosen, taken)
    taken |= {index for name in chosen for index in range(name.start, name.end)}
    chosen += _unlabelled_names(doc, resolver, taken)
    return sorted(chosen, key=lambda name: name.start)


def _lengthen(chosen: list[NameSpan], other: NameSpan, taken: set[int]) -> None:
    """Join "Crown Prince Mohammed" and "Mohammed bin Salman" to one name."""
    for number, name in enumerate(chosen):
        if name.label == "PERSON" and name.start < other.end and other.start < name.end:
            start, end = min(name.start, other.start), max(name.end, other.end)
            added = set(range(start, end)) - set(range(name.start, name.end))
            if not added & taken:
                taken |= added
                chosen[number] = NameSpan(start=start, end=end, label="PERSON")


def _repeated_names(doc: Doc, names: Sequence[NameSpan], taken: set[int]) -> Iterator[NameSpan]:
    """Yield the words that were a person's surname elsewhere in the article."""
    surnames = {
        doc[name.end - 1].text
        for name in names
        if name.label == "PERSON" and name.end - name.start > 1
    }
    for token in doc:
        if token.text in surnames and token.i not in taken and token.pos_ in _NOUN_POS:
            yield NameSpan(start=token.i, end=token.i + 1, label="PERSON")


def _unlabelled_names(doc: Doc, resolver: Resolver, taken: set[int]) -> Iterator[NameSpan]:
    """Yield the names of parties that the pipeline has no label for: "Ansara denied it".

    A word that is written and tagged as a name and acts, or is acted on, is taken for one.
    """
    for token in doc:
        start, end = token.i, token.i + 1
        if token.ent_type or token.tag_ not in _NAME_TAGS or start in taken:
            continue
        if start > 0 and doc[start - 1].tag_ in _NAME_TAGS:
            continue
        while end < len(doc) and doc[end].tag_ in _NAME_TAGS:
            end += 1
        span = doc[start:end]
        is_taken = any(item.i in taken or item.ent_type_ or item.is_upper for item in span)
        if is_taken or span.root.dep_ not in _PARTY_DEPS or _is_common(span, resolver):
            continue
        cuts = (cut for cut in range(end - 1, start, -1) if resolver.is_title(doc[start:cut].text))
        cut = next(cuts, None)
        label = "ORG" if cut is None else "PERSON"
        yield NameSpan(start=start if cut is None else cut, end=end, label=label)


def _is_common(span: Span, resolver: Resolver) -> bool:
    """Tell whether capitalised words may be a description: "the Prime Minister", "Police said"."""
    if len(span) == 1 and span[0].is_sent_start:
        return True
    words = Description(text=span.text, head=span[-1].lemma_.lower())
    return resolver.is_title(span.text) or resolver.describe(words).kind is not None


def _without_title(doc: Doc, span: Span, resolver: Resolver) -> NameSpan:
    """Cut off a name the end of the office before it: "Secretary of [State Ann Lee]"."""
    for cut in range(span.start + 1, span.end):
        for start in range(max(0, span.start - 3), span.start):
            if doc[start].is_title and resolver.is_title(doc[start:cut].text):
                return NameSpan(start=cut, end=span.end, label="PERSON")
    return NameSpan(start=span.start, end=span.end, label=span.label_)


def _countries(spans: Sequence[NameSpan], doc: Doc, resolver: Resolver) -> tuple[str, ...]:
    """Return the countries that the article names, as ISO 3166 alpha-3, most frequent first."""
    counts = Counter(
        link.country
        for name in spans
        if name.label in {"GPE", "NORP"}
        for link in [resolver.resolve(doc[name.start : name.end].text, hint=Hint(label=name.label))]
        if link.country and link.kind is EntityKind.STATE
    )
    return tuple(sorted(counts, key=lambda country: (-counts[country], country)))


def _name_mention(
    name: NameSpan,
    syntax: Syntax,
    resolver: Resolver,
    published: date | None,
    hint: Hint,
) -> Mention:
    span = syntax.doc[name.start : name.end]
    link = resolver.resolve(span.text, day=published, hint=hint)
    if name.label == "PERSON" and link.id is None:
        link = _by_office_before(span, resolver, published, hint, link)
    if link.kind is None:
        link = replace(link, kind=_kind_by_words(name, span, resolver))
    return Mention(
        head=span.root.i,
        start=name.start,
        end=name.end,
        span=CharSpan(start=span.start_char, end=span.end_char),
        level=MentionLevel.NAME,
        label=name.label,
        link=link,
        countries=(link.country,) if link.country else (),
        is_definite=True,
        is_plural=span.root.tag_ in {"NNS", "NNPS"},
    )


def _by_office_before(
    span: Span, resolver: Resolver, published: date | None, hint: Hint, link: Link
) -> Link:
    """Read an unknown person with the office before the name: "French President [Ann Lee]".

    The office may tell who it is; else the state before it is the person's.
    """
    doc = span.doc
    for start in range(max(0, span.start - _LONGEST_TITLE), span.start):
        if not resolver.is_title(doc[start : span.start].text):
            continue
        titled = resolver.resolve(doc[start : span.end].text, day=published, hint=hint)
        if titled.id is not None:
            return replace(titled, name=link.name)
        country = titled.country
        for token in reversed(doc[max(span.sent.start, start - 2) : start]):
            if token.pos_ in _NATIONAL_POS:
                state = resolver.resolve(token.text, hint=Hint(label="NORP"))
                country = state.country if state.kind is EntityKind.STATE else country
        return replace(link, country=link.country or country)
    return link


def _kind_by_words(name: NameSpan, span: Span, resolver: Resolver) -> EntityKind:
    """Return what kind of thing an unknown name names, by its last word, else by its label."""
    head = span[-1].lower_
    described = resolver.describe(Description(text=span.text, head=head)).kind
    if name.label == "ORG" and described not in {None, *_NO_BODIES}:
        return described or EntityKind.OTHER  # "Delta Army", "Harbour Workers' Union"
    return _KIND_BY_LABEL.get(name.label, EntityKind.OTHER)


def _doer(
    token: Token, syntax: Syntax, resolver: Resolver, deeds: Container[str]
) -> Mention | None:
    """Return the body that does what the noun behind it names: "a [rebel] assault"."""
    arc = syntax.governor(token)
    if arc is None or arc.role is not Role.COMPOUND or arc.head.i != token.i + 1:
        return None
    if token.pos_ != "NOUN" or arc.head.lemma_.lower() not in deeds:
        return None
    lemma = token.lemma_.lower()
    link = resolver.describe(Description(text=token.text, head=lemma, plural=True))
    if link.kind not in _ACTING_BODIES or lemma in _manners():
        return None
    return Mention(
        head=token.i,
        start=token.i,
        end=token.i + 1,
        span=CharSpan(start=token.idx, end=token.idx + len(token)),
        level=MentionLevel.NOMINAL,
        label="",
        link=link,
    )


def _nominal_mention(
    token: Token,
    syntax: Syntax,
    resolver: Resolver,
    named: dict[int, Mention],
    published: date | None,
) -> Mention | None:
    arc = syntax.governor(token)
    if arc is not None and arc.role is Role.COMPOUND and arc.head.i > token.i:
        return None  # only a part of another description: "security" in "security sources"
    determiners = syntax.dependents(token, Role.DETERMINER)
    if _counts_others(token, syntax):
        return None  # who is meant are the diplomats of "a group of diplomats"
    start = _left_edge(token, syntax)
    words = token.doc[start : token.i + 1]
    inside = {named[index].start: named[index] for index in range(start, token.i) if index in named}
    owners = [named[item.i] for item in syntax.dependents(token, Role.POSSESSOR) if item.i in named]
    after = [
        named[item.token.i]
        for item in syntax.arcs(token, Role.MODIFIER)
        if item.word in {"of", "in", "from"} and item.token.i in named
    ]
    end = _right_edge(token, syntax, named)
    tied = [named[end - 1]] if end > token.i + 1 else []
    before = [
        "'s" if item.tag_ == "POS" else item.lemma_.lower()
        for item in words[:-1]
        if item.i not in named and item.pos_ != "PUNCT"
    ]
    phrase = Description(
        text=words.text,
        head=token.lemma_.lower(),
        modifiers=tuple(" ".join(before).replace(" 's", "'s").split()),
        names=tuple(item.link.name for item in [*owners, *inside.values()]),
        places=tuple(item.link.name for item in [*after, *tied]),
        plural=token.tag_ in {"NNS", "NNPS"},
    )
    link = resolver.describe(phrase, day=published)
    if link.kind is None and phrase.plural:  # "troops" is its own lemma to the treebanks
        link = resolver.describe(
            replace(phrase, head=token.lower_.removesuffix("s")), day=published
        )
    if link.kind is None:
        return None
    return Mention(
        head=token.i,
        start=start,
        end=end,
        span=CharSpan(start=words.start_char, end=token.doc[start:end].end_char),
        level=MentionLevel.NOMINAL,
        label="",
        link=link,
        countries=(link.country,) if link.country else (),
        is_definite=any(
            item.lower_ in {"the", "this", "that", "these", "those", "such"} for item in determiners
        )
        or bool(syntax.dependents(token, Role.POSSESSOR)),
        is_plural=token.tag_ in {"NNS", "NNPS"},
    )


def _counts_others(token: Token, syntax: Syntax) -> bool:
    """Tell whether a noun only tells how many others are meant: "a group of diplomats"."""
    lemma = token.lemma_.lower()
    wanted = {"NNS", "NNPS"} if lemma in _partitives() else frozenset()
    if lemma in _parts() and token.tag_ == "NNS":
        wanted = {"NNP", "NNPS"}
    return any(
        arc.word == "of" and arc.token.tag_ in wanted for arc in syntax.arcs(token, Role.MODIFIER)
    )


@cache
def _partitives() -> frozenset[str]:
    """Return the nouns that count or gather others."""
    return frozenset(read_toml(data_path("lexicon", "coreference.toml"))["partitives"])


@cache
def _manners() -> frozenset[str]:
    """Return the nouns that before a deed tell how it is done."""
    return frozenset(read_toml(data_path("lexicon", "coreference.toml"))["manners"])


@cache
def _parts() -> frozenset[str]:
    """Return the nouns whose plural means the body that they belong to."""
    return frozenset(read_toml(data_path("lexicon", "coreference.toml"))["parts"])


def _left_edge(token: Token, syntax: Syntax) -> int:
    """Return the index of the first word of the description, determiner and number left out."""
    start = token.i
    below = {token.i}
    owned = (Role.POSSESSOR,) if token.lower_ == "office" else ()  # "the governor's office"
    for arc in syntax.arcs(token, *_PREMODIFIERS, *owned):
        is_named = arc.role is Role.POSSESSOR and arc.token.pos_ != "NOUN"
        if arc.token.i < token.i and not is_named:
            below.update(item.i for item in syntax.subtree(arc.token))
    while start > 0 and (
        start - 1 in below or (token.doc[start - 1].text in HYPHENS and start - 2 in below)
    ):
        start -= 1
    while start < token.i and token.doc[start].pos_ in {"DET", "PUNCT", "ADP", "CCONJ", "NUM"}:
        start += 1
    return start


def _right_edge(token: Token, syntax: Syntax, named: dict[int, Mention]) -> int:
    """Return the index past the description: "a group associated with Hezbollah" is one."""
    for clause in syntax.dependents(token, Role.ADNOMINAL_CLAUSE, Role.ADJECTIVE):
        if clause.i != token.i + 1 or clause.lower_ not in bonds("ally"):
            continue
        for arc in syntax.arcs(clause, Role.OBLIQUE, Role.MODIFIER):
            if arc.word in {"with", "to"} and arc.token.i in named:
                return named[arc.token.i].end
    return token.i + 1


def _pronoun_mention(token: Token) -> Mention:
    return Mention(
        head=token.i,
        start=token.i,
        end=token.i + 1,
        span=CharSpan(start=token.idx, end=token.idx + len(token)),
        level=MentionLevel.PRONOUN,
        label="",
        link=Link(name=token.text, id=None, label=token.lower_, kind=None),
        is_definite=True,
        is_plural=token.lower_ in {"they", "them", "their", "we", "us", "our"},
    )
