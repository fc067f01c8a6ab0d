"""Judge whether an event is told as fact, plan, possibility or denial.

``judge`` starts at the word that names the event and climbs to the root of the sentence. On
each level it reads the words of the clause itself (auxiliaries, negation, adverbs, "if") and
then what governs the clause ("refused to ...", "the threat of ..."). The words and their effects
are rows of ``kg/data/lexicon/cues.tsv``. Inner words speak first; the algebra is:

* a plan over a fact is ``future``, over anything else it changes nothing;
* a threat makes a plan ``hypothetical``;
* a wish, fear or condition makes ``hypothetical`` whatever it governs, also a denial
  ("if they do not attack" is no denial);
* a denial of the same clause or above makes ``negated`` ("will not", "no plan to"); two denials
  cancel each other;
* words that only describe how an action runs ("began to", "launched") hand on what holds of
  them; a named, given event ("condemned the attack") stands whatever holds of the verb.

Who says so is another question: ``kg.nlp.attribution``.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Token

from kg.nlp.attribution import is_reported
from kg.nlp.cue_slots import (
    CLAUSE_ROLES,
    has_subject,
    is_definite,
    is_denied,
    own_words,
    slots_of,
)
from kg.nlp.cue_table import Cue, find_cue
from kg.nlp.speech import statement_nouns
from kg.records import CharSpan, DateInterval
from kg.syntax import Arc, Role, Syntax
from kg.syntax.dependencies import is_to_blame
from kg.terms import Certainty, EventType, Polarity, Status

_HISTORICAL_AFTER = timedelta(days=365)
_CONDITIONS = frozenset({"if", "unless", "as long as", "so long as", "in case", "provided"})
_AHEAD = frozenset({"next", "tomorrow"})
_FINITE_PAST = frozenset({"VBD", "VBN"})
_AT_THAT_TIME = frozenset({"as", "when", "while", "before", "after", "once"})
_CARRIERS = frozenset({"with", "by", "in", "through", "into", "amid", "under", "to", "on"})
_CARRIED_ON = frozenset({"by", "with", "in", "through"})
_SURE = {Certainty.CERTAIN: 0, Certainty.PROBABLE: 1, Certainty.POSSIBLE: 2}
_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_WH_TAGS = frozenset({"WRB", "WP", "WDT", "WP$"})
_PENDING = frozenset({"until", "till", "once", "before"})
_FORTHCOMING = frozenset({"future", "would", "hypothetical", "negate"})
_WHOEVER = frozenset({"anyone", "anybody", "anything", "whoever", "whomever"})
# What is done by speaking or showing up is done when people go somewhere to do it.
_SAID = frozenset(
    {
        EventType.REQUEST,
        EventType.ACCUSE,
        EventType.REJECT,
        EventType.THREATEN,
        EventType.PROTEST,
    }
)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """How an event is told.

    Attributes:
        cues: Ids and places of the words that were heard, inner ones first.
        deciding: Those of them that do more than hand on what holds of the words above.
    """

    status: Status
    polarity: Polarity
    certainty: Certainty
    cues: tuple[tuple[str, CharSpan], ...]
    deciding: tuple[tuple[str, CharSpan], ...] = ()


@dataclass(frozen=True)
class _Effect:
    name: str
    cue: str
    token: Token


@dataclass
class _Reading:
    """What has been read so far on the way up."""

    status: Status = Status.ACTUAL
    is_denied: bool = False
    is_condition_over_denial: bool = False
    certainty: Certainty = Certainty.CERTAIN

    def apply(self, effect: str) -> None:
        if effect == "negate":
            self.is_denied = not self.is_denied
            self.is_condition_over_denial = False
        elif effect == "hypothetical":
            self.status = Status.HYPOTHETICAL
            self.is_condition_over_denial = self.is_denied
        elif effect == "contingent":
            if self.status is Status.FUTURE:
                self.status = Status.HYPOTHETICAL
        elif effect in {"future", "historical"} and self.status is Status.ACTUAL:
            self.status = Status(effect)
        elif effect in {"probable", "possible"}:
            level = Certainty.PROBABLE if effect == "probable" else Certainty.POSSIBLE
            if _SURE[level] > _SURE[self.certainty]:
                self.certainty = level

    def result(self) -> tuple[Status, Polarity]:
        polarity = Polarity.NEGATIVE if self.is_denied else Polarity.POSITIVE
        if self.is_denied and not self.is_condition_over_denial:
            return Status.NEGATED, polarity
        return self.status, polarity


def judge(
    syntax: Syntax,
    token: Token,
    *,
    event_type: EventType | None = None,
    quotes: Collection[CharSpan] = (),
    interval: DateInterval | None = None,
    published: date | None = None,
) -> Judgement:
    """Judge the event that ``token`` names.

    Args:
        syntax: Parse of the document.
        token: Verb, noun or adjective that names the event.
        event_type: What it names, where known: some words deny force but no demand.
        quotes: What the text quotes: in somebody's own words "would" is no plan of theirs.
        interval: Days on which the event lies, where known: what lies after publication is a
            plan, what ended more than a year before is history.
        published: Day of publication, where known.
    """
    reading = _Reading()
    cues: list[tuple[str, CharSpan]] = []
    deciding: list[tuple[str, CharSpan]] = []
    climb = _Climb(syntax, token, event_type=event_type, quotes=quotes)
    for level in climb.levels():
        for effect in level:
            reading.apply(effect.name)
            span = CharSpan(start=effect.token.idx, end=effect.token.idx + len(effect.token.text))
            cues.append((effect.cue, span))
            if effect.name != "pass":
                deciding.append((effect.cue, span))
    if interval is not None and reading.status is Status.ACTUAL:
        if published is not None and interval.latest > published:
            reading.status = Status.FUTURE
        elif is_history(interval, published) and not reading.is_denied:
            reading.status = Status.HISTORICAL
    status, polarity = reading.result()
    return Judgement(
        status=status,
        polarity=polarity,
        certainty=reading.certainty,
        cues=tuple(cues),
        deciding=tuple(deciding),
    )


def is_history(interval: DateInterval, published: date | None) -> bool:
    """Tell whether an event that lay in ``interval`` was clearly older when it was written of.

    Of what is recent one tells the day: where it is not known when an article was written, what is
    dated by its year alone is older.
    """
    if published is None:
        first, last = interval.earliest, interval.latest
        return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return interval.latest < published - _HISTORICAL_AFTER


def judge_phrase(syntax: Syntax, token: Token) -> Judgement:
    """Judge what a phrase takes for granted, by the words that belong to ``token`` itself.

    In "if the allegedly Iran-backed militia attacks", only "allegedly" says something of who backs
    the militia.
    """
    reading = _Reading()
    level = _Climb(syntax, token).own_level()
    for effect in level:
        reading.apply(effect.name)
    status, polarity = reading.result()
    spans = [
        CharSpan(start=effect.token.idx, end=effect.token.idx + len(effect.token.text))
        for effect in level
    ]
    return Judgement(
        status=status,
        polarity=polarity,
        certainty=reading.certainty,
        cues=tuple((effect.cue, span) for effect, span in zip(level, spans, strict=True)),
    )


class _Climb:
    """The way from a trigger to the root, as levels of effects, innermost first."""

    def __init__(
        self,
        syntax: Syntax,
        token: Token,
        *,
        event_type: EventType | None = None,
        quotes: Collection[CharSpan] = (),
    ) -> None:
        self.syntax = syntax
        self.trigger = token
        self.event_type = event_type
        self.quotes = quotes
        self.passed = {token.i}

    def levels(self) -> Iterator[list[_Effect]]:
        """Yield the effects of each level; a level with "would" is settled by who reports it."""
        node = self.trigger
        own = self.own_level()
        yield self._settled(node, own)
        if any(effect.name == "fact" for effect in own):
            return
        for _ in range(len(node.sent)):
            arc = self.syntax.governor(node)
            if arc is None:
                yield self._root(node)
                return
            self.passed.add(node.i)
            effects, go_on = self._step(node, arc)
            yield effects
            if not go_on:
                return
            node = arc.head

    # --- the words of the clause or phrase itself ---

    def own_level(self) -> list[_Effect]:
        """Return the effects of the trigger and of the words that belong to it."""
        return [*self._find("self", self.trigger), *self._own(self.trigger)]

    def _own(self, node: Token) -> list[_Effect]:
        """Return the effects of the words that belong to ``node`` itself."""
        found = list(self._own_cues(node))
        if is_denied(self.syntax, node, passed=frozenset(self.passed)):
            found.append(_Effect("negate", "cue.not", node))
        if self._is_conditioned(node, found):
            found.append(_Effect("hypothetical", "cue.conditioned", node))
        # "may not" leaves it open, "will not" and "cannot" deny
        open_ends = {"possible", "hypothetical", "pending"}
        found.sort(key=lambda effect: effect.name in open_ends)
        return found

    def _own_cues(self, node: Token) -> Iterator[_Effect]:
        if node.pos_ == "NOUN" and is_definite(self.syntax, node):
            # Of which the event is said: "the aim is the [defeat] of the rebels".
            for item in self.syntax.dependents(node, Role.SUBJECT):
                yield from self._find("prep:of", item, pos="noun")
        for word in own_words(self.syntax, node):
            if word.phrase == "without":
                yield from self._without(node, word.token)
            else:
                yield from self._find(word.slot, word.token, lemma=word.phrase)

    def _without(self, node: Token, word: Token) -> Iterator[_Effect]:
        """Yield what "without" does: deny, or suppose ("without a deal they would leave")."""
        if is_definite(self.syntax, node):
            return
        for cue in self._find("case", word):
            arc = self.syntax.governor(node)
            looks_ahead = arc is not None and any(
                effect.name in {"would", "future", "able"}
                for item in self.syntax.dependents(arc.head, Role.AUXILIARY)
                for effect in self._find("auxiliary", item)
            )
            yield _Effect("hypothetical" if looks_ahead else cue.name, cue.cue, word)

    def _find(
        self, slot: str, token: Token, *, lemma: str = "", pos: str = "any"
    ) -> Iterator[_Effect]:
        names = (lemma, token.lower_, token.lemma_.lower())
        cues = (find_cue(slot, name, pos=pos, event_type=self.event_type) for name in names)
        cue = next((item for item in cues if item is not None), None)
        if cue is not None:
            yield from self._effects(cue, token)

    def _effects(self, cue: Cue, token: Token) -> Iterator[_Effect]:
        for name in sorted(cue.effects):
            yield _Effect(name, cue.id, token)

    def _is_conditioned(self, node: Token, own: Iterable[_Effect]) -> bool:
        """Tell whether an if-clause hangs on a clause that looks ahead."""
        for arc in self.syntax.arcs(node, Role.ADVERBIAL_CLAUSE):
            if arc.word in _CONDITIONS or _CONDITIONS & set(self.syntax.marks(arc.token)):
                names = {effect.name for effect in own}
                looks_ahead = bool(names & {"future", "would", "able"}) or node.tag_ == "VBG"
                return looks_ahead or arc.token.tag_ not in _FINITE_PAST
        return False

    def _settled(self, node: Token, effects: list[_Effect]) -> list[_Effect]:
        """Replace effects that depend on the clause: "would", "until", "demand that"."""
        settled = []
        is_habit = any(effect.name == "habit" for effect in effects)  # "would often beat them"
        for effect in effects:
            name = effect.name
            if name == "would" and is_habit:
                name = ""
            elif name == "would":
                place = effect.token.idx
                is_quoted = any(quote.start <= place < quote.end for quote in self.quotes)
                is_told = not is_quoted and is_reported(self.syntax, node)
                name = "future" if is_told or self._is_ahead(node) else "hypothetical"
            elif name == "able":
                name = "hypothetical"
            elif name == "pending":
                forms = set(self.syntax.auxiliaries(node))
                is_past = node.tag_ == "VBD" or (
                    node.tag_ == "VBN" and not forms & {"is", "are", "has", "have", "’s", "'s"}
                )
                name = "" if is_past else "hypothetical"
            elif name == "arranged":  # "announced that it was leaving"
                is_going_on = node.tag_ == "VBG" and bool(self.syntax.auxiliaries(node))
                name = "future" if is_going_on else ""
            elif name == "wish":
                words = self.syntax.auxiliaries(node)
                is_bare = node.tag_ == "VB" and not words
                is_bare = is_bare or (node.tag_ == "VBN" and words[:1] == ["be"])
                name = "hypothetical" if is_bare or "should" in words else ""
            if name:
                settled.append(_Effect(name, effect.cue, effect.token))
        return sorted(settled, key=lambda effect: effect.name == "possible")

    def _is_ahead(self, node: Token) -> bool:
        """Tell whether a clause has a day to come: "would hold talks next month"."""
        arcs = self.syntax.arcs(node, Role.OBLIQUE)
        words = (item.lower_ for arc in arcs for item in self.syntax.subtree(arc.token))
        return not _AHEAD.isdisjoint(words)

    # --- what governs it ---

    def _step(self, node: Token, arc: Arc) -> tuple[list[_Effect], bool]:
        """Return the effects of climbing one arc, and whether to climb on."""
        if arc.role is Role.CONJUNCT:
            is_misplaced = self.syntax.is_clause(arc.head) and not self.syntax.is_clause(node)
            return self._through_conjunct(node, arc), not is_misplaced
        cue, token = self._governing_cue(node, arc)
        if cue is not None:
            effects = self._settled(node, list(self._effects(cue, token)))
            if arc.role is Role.MODIFIER and token != arc.head:  # "denied reports of an attack"
                return effects + self._settled(token, self._own(token)), False
            effects += self._raised(token, arc)
            if "fact" in cue.effects or "that" in slots_of(self.syntax, node, arc):
                return effects, False
            return effects + self._settled(arc.head, self._own(arc.head)), True
        if self.syntax.is_clause(node) and arc.role not in {Role.OBLIQUE, Role.MODIFIER}:
            return self._from_clause(node, arc)
        return self._from_noun(node, arc)

    def _raised(self, token: Token, arc: Arc) -> list[_Effect]:
        """Return what governs the verb whose subject stands higher up: "is due to [start]"."""
        if arc.role not in {Role.SUBJECT, Role.PASSIVE_SUBJECT} or token == arc.head:
            return []
        inner = self.syntax.governor(token)
        if inner is None or inner.role is not Role.OPEN_COMPLEMENT or inner.head != arc.head:
            return []
        cue, word = self._governing_cue(token, inner)
        return [] if cue is None else self._settled(token, list(self._effects(cue, word)))

    def _governing_cue(self, node: Token, arc: Arc) -> tuple[Cue | None, Token]:
        slots = slots_of(self.syntax, node, arc)
        if "to" in slots:  # "the first to recognise": the adjective decides
            for token in self.syntax.dependents(arc.head, Role.ADJECTIVE):
                cue = find_cue("to", token.lemma_.lower())
                if cue is not None and "pass" in cue.effects:
                    return cue, token
        governing = [(head, slots) for head in self._governing_words(node, arc)]
        for head, slots in [*self._complements(node, arc), *governing]:
            pos = _POS.get(head.pos_, "any")
            names = list(self._names(head))
            for slot in slots:
                for name in names:
                    cue = find_cue(slot, name, pos=pos, event_type=self.event_type)
                    if cue is not None:
                        return cue, head
        return None, arc.head

    def _names(self, head: Token) -> Iterator[str]:
        """Yield what the table may call a governing word, the fullest first.

        "put off", "came close", "out of question", "had", "have".
        """
        lemma = head.lemma_.lower()
        particle = self.syntax.particle(head)
        if particle:
            yield f"{lemma} {particle}"
        for adverb in self.syntax.dependents(head, Role.ADVERB):
            if adverb.i > head.i:
                yield f"{lemma} {adverb.lower_}"
        cases = [token.lower_ for token in self.syntax.dependents(head, Role.CASE)]
        if cases:
            yield " ".join([*cases, lemma])
        yield head.lower_
        yield lemma

    def _complements(self, node: Token, arc: Arc) -> Iterator[tuple[Token, list[str]]]:
        """Yield what tells more of a subject than the word that it hangs on, with slots in it.

        "A deal is getting harder", "remains a priority", "is due to be held".
        """
        if arc.role not in {Role.SUBJECT, Role.PASSIVE_SUBJECT}:
            return
        roles = [Role.OPEN_COMPLEMENT, *([Role.OBJECT] if arc.role is Role.SUBJECT else [])]
        for token in self.syntax.dependents(arc.head, *roles):
            slot = "object" if self.syntax.is_passive(token) else "subject"
            yield token, [slot, *([] if is_definite(self.syntax, node) else [f"{slot}:bare"])]

    def _governing_words(self, node: Token, arc: Arc) -> Iterator[Token]:
        """Yield the words that may govern ``node``, the likeliest first."""
        is_raised = arc.role is Role.PASSIVE_SUBJECT and self.syntax.dependents(
            arc.head, Role.OPEN_COMPLEMENT
        )
        if not is_raised:  # "the attack is expected to delay talks" expects a delay
            yield arc.head
        for token in (
            self._verb_above(node, arc),
            self._noun_before(node, arc),
            self._rumour(node, arc),
        ):
            if token is not None:
                yield token

    def _rumour(self, node: Token, arc: Arc) -> Token | None:
        """Return the noun whose content stands apart from it: "fears grew that they attacked"."""
        clauses = {Role.COMPLEMENT, Role.ADVERBIAL_CLAUSE}
        if arc.role not in clauses or "that" not in self.syntax.marks(node):
            return None
        nouns = [
            token
            for token in self.syntax.dependents(arc.head, Role.SUBJECT)
            if token.pos_ == "NOUN"
        ]
        cue = find_cue("subject", arc.head.lemma_.lower(), pos="verb")
        return nouns[0] if nouns and cue is not None and "pass" in cue.effects else None

    def _verb_above(self, node: Token, arc: Arc) -> Token | None:
        """Return the verb whose object what is told was hung on.

        "Accused the rebels of attacking", "denied reports of an attack".
        """
        is_report = arc.role is Role.MODIFIER and arc.head.lemma_.lower() in statement_nouns()
        is_clause = arc.role is Role.ADNOMINAL_CLAUSE and (arc.word or self.syntax.marks(node))
        if not (is_report or is_clause):
            return None
        above = self.syntax.governor(arc.head)
        if above is None:
            return None
        if above.role is Role.MODIFIER and above.word == "by":  # "a plan by the king to leave"
            return above.head
        return above.head if above.role in {Role.OBJECT, Role.PASSIVE_SUBJECT} else None

    def _noun_before(self, node: Token, arc: Arc) -> Token | None:
        """Return the noun right before "to" or a preposition that the parse hung on the verb.

        In "repeated his call for a ceasefire" the ceasefire may hang on "repeated".
        """
        if arc.role not in {Role.OBLIQUE, *CLAUSE_ROLES}:
            return None
        links = self.syntax.dependents(node, Role.CASE, Role.MARK)
        first = links[0].i if links else 0
        if not first or first > node.i:
            return None
        noun = node.doc[first - 1]
        return noun if noun.pos_ == "NOUN" and noun != arc.head else None

    def _through_conjunct(self, node: Token, arc: Arc) -> list[_Effect]:
        """Return what the first member shares with the later one: "will attack and burn"."""
        head = arc.head
        if not self.syntax.is_clause(node):
            if self.syntax.dependents(node, Role.DETERMINER, Role.POSSESSOR):
                return []
            return [] if self.syntax.is_clause(head) else self._own(head)
        has_own = bool(self.syntax.dependents(node, Role.AUXILIARY)) or has_subject(
            self.syntax, node
        )
        effects = self._settled(head, self._own(head))
        if any(token.lower_ == "but" for token in node.children):  # "was not tried but shot"
            effects = [effect for effect in effects if effect.name != "negate"]
        marks = {"cue.if", "cue.whether", "cue.in_case"}
        if has_own or node.tag_ != head.tag_:
            return [effect for effect in effects if effect.cue in marks]
        return effects

    def _from_clause(self, node: Token, arc: Arc) -> tuple[list[_Effect], bool]:
        """Climb from a clause that no cue governs."""
        head = arc.head
        marks = self.syntax.marks(node)
        own = self._settled(head, self._own(head))
        if arc.role is Role.RELATIVE_CLAUSE and "to" in marks:  # "a tool with which to press"
            return [_Effect("hypothetical", "cue.infinitive", node)], False
        if arc.role is Role.RELATIVE_CLAUSE:
            return list(self._find_any(head)), False
        if self._is_pending(node, arc):
            return [_Effect("hypothetical", "cue.pending", node)], False
        if arc.role is Role.SUBJECT:  # "recapturing it would be a victory"
            return [effect for effect in own if effect.name != "negate"], False
        if self._is_said(node, arc):  # "would issue a statement rejecting it"
            return own, True
        if arc.role in CLAUSE_ROLES:
            if "to" in marks:
                if arc.role is not Role.ADNOMINAL_CLAUSE and self.event_type in _SAID:
                    return own, True  # "marched to demand bread"
                # "reported by agents to have left" looks back
                name = "probable" if "have" in self.syntax.auxiliaries(node) else "hypothetical"
                effect = _Effect(name, "cue.infinitive", node)
                return [effect, *own], arc.role is not Role.ADNOMINAL_CLAUSE
            if arc.role is Role.COMPLEMENT:
                return [], head.pos_ == "ADJ"
            if arc.role is Role.OPEN_COMPLEMENT:
                return own, True
            if node.tag_ in {"VBP", "VBZ"} and arc.word in _AT_THAT_TIME:
                # "many will flee when the army attacks": both lie ahead
                return [effect for effect in own if effect.name != "negate"], False
            if node.tag_ == "VBG" and self.syntax.is_clause(head):
                is_participle = not arc.word or arc.word in _CARRIED_ON
                without_denial = [effect for effect in own if effect.name != "negate"]
                return (without_denial, True) if is_participle else ([], False)
        return [], False

    def _is_pending(self, node: Token, arc: Arc) -> bool:
        """Tell whether a clause of time hangs on what is still to come, or will not.

        "Vowed to strike until he resigned", "would talk as soon as they left".
        """
        if self.trigger.pos_ == "NOUN" and is_definite(self.syntax, self.trigger):
            return False  # "once the war has ended"
        head = arc.head
        above = self.syntax.governor(head)
        if head.lower_ == "soon" and above is not None:
            head = above.head
        elif arc.role is not Role.ADVERBIAL_CLAUSE or not (
            arc.word in _PENDING or _PENDING & set(self.syntax.marks(node))
        ):
            return False
        is_ahead = "to" in self.syntax.marks(head) and head.tag_ == "VB"
        return is_ahead or any(effect.name in _FORTHCOMING for effect in self._own(head))

    def _is_said(self, node: Token, arc: Arc) -> bool:
        """Tell whether a participle is what a new statement says: "a letter rejecting it"."""
        return (
            arc.role is Role.ADNOMINAL_CLAUSE
            and node.tag_ == "VBG"
            and not arc.word
            and arc.head.lemma_.lower() in statement_nouns()
            and not is_definite(self.syntax, arc.head)
        )

    def _find_any(self, head: Token) -> Iterator[_Effect]:
        """Yield the effect of "any" on what a relative clause tells ("any state that attacks")."""
        if head.lower_ in _WHOEVER:
            yield _Effect("hypothetical", "cue.whoever", head)
        for token in self.syntax.dependents(head, Role.DETERMINER):
            yield from self._find("determiner", token)

    def _from_noun(self, node: Token, arc: Arc) -> tuple[list[_Effect], bool]:
        """Climb from a noun that no cue governs: only what is new shares the verb's status."""
        head = arc.head
        if is_definite(self.syntax, node) or not self.syntax.is_clause(head) or head.pos_ == "ADJ":
            return [], False
        own = self._settled(head, self._own(head))
        if arc.role is Role.OBJECT:
            return own, True
        is_subject = arc.role in {Role.SUBJECT, Role.PASSIVE_SUBJECT, Role.AGENT}
        if (is_subject and node.tag_ in {"NN", "VBG"}) or (
            arc.role is Role.OBLIQUE and arc.word in _CARRIERS
        ):
            return [effect for effect in own if effect.name != "negate"], True
        return [], False

    def _root(self, node: Token) -> list[_Effect]:
        """Return the effects of a whole sentence: a question, or a headline's infinitive."""
        sent = node.sent
        is_clause = self.syntax.is_clause(node) or self.syntax.dependents(node, Role.AUXILIARY)
        if not is_clause:
            return []
        words = [token for token in sent if not token.is_space]
        if any(token.text == "?" for token in words[-2:]):
            opening = next((token for token in words if token.is_alpha), None)
            if opening is None or opening.tag_ not in _WH_TAGS:
                return [_Effect("hypothetical", "cue.question", words[-1])]
        is_infinitive = "to" in self.syntax.marks(node) and not is_to_blame(node)
        if is_infinitive and not self.syntax.dependents(node, Role.AUXILIARY):
            return [_Effect("future", "cue.headline_to", node)]
        return []
