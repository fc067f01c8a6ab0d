"""Join the mentions of one article into entities.

Names join by what they resolve to, by surname, acronym and apposition; descriptions by their
words, country and kind, nearest first; pronouns by number, gender, kind and salience. Two mentions
that the text sets apart ("another group") are never joined. The rules follow the sieves of Lee et
al. (2013), precise ones first; no model is involved.
"""

import re
from collections.abc import Callable

from spacy.tokens import Token

from kg.mentions.clusters import Cluster, coreference_words, given_names, normal
from kg.mentions.finding import Mention, Mentions
from kg.mentions.together import Company, companies
from kg.syntax import Role, Syntax
from kg.terms import EntityKind, MentionLevel

# How many sentences back a description or a pronoun may reach.
_DESCRIPTION_REACH = 8
_PRONOUN_REACH = 3
_SHORTEST_VARIANT = 5

_FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})
_FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_GENDER = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
_THIRD_PERSON = frozenset(_GENDER)
_THIRD_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_COLLECTIVE = frozenset(EntityKind) - {
    EntityKind.PERSON,
    EntityKind.PLACE,
    EntityKind.WEAPON,
    EntityKind.AGREEMENT,
    EntityKind.FACILITY,
}
_BODIES = frozenset(
    {EntityKind.ARMED_GROUP, EntityKind.COALITION, EntityKind.IGO, EntityKind.PARTY}
)
# Bodies that may be of one kind by their name and of another by "the council", "the agency".
_INSTITUTIONS = frozenset(
    {
        EntityKind.COALITION,
        EntityKind.COMPANY,
        EntityKind.COURT,
        EntityKind.GOVERNMENT,
        EntityKind.IGO,
        EntityKind.MEDIA,
        EntityKind.NGO,
        EntityKind.PARTY,
    }
)
_DEPUTIES = frozenset({"vice", "deputy", "acting", "ex"})
_COUNTED = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_DEFINITE = frozenset({"the", "these", "those"})
_SALIENCE = {
    Role.SUBJECT: 3,
    Role.PASSIVE_SUBJECT: 3,
    Role.OBJECT: 2,
    Role.AGENT: 2,
    Role.OBLIQUE: 1,
}


SpeakerOf = Callable[[Token], Token | None]


def join_mentions(
    mentions: Mentions,
    syntax: Syntax,
    *,
    speaker_of: SpeakerOf,
    quoted_by: SpeakerOf = lambda _: None,
) -> tuple[Cluster, ...]:
    """Join all mentions of a document into clusters, in the order of their first mention.

    Args:
        speaker_of: Tells who is credited with the clause of a token, for "I" and "we".
        quoted_by: Tells in whose quoted words a token stands: "she" is somebody else there.
    """
    reader = _Reader(mentions, syntax, speaker_of, quoted_by)
    for mention in mentions.all:
        if mention.level is MentionLevel.NAME:
            reader.read_name(mention)
    for mention in mentions.all:
        if mention.level is MentionLevel.NOMINAL:
            reader.read_description(mention)
    for mention in mentions.all:
        if mention.level is MentionLevel.PRONOUN:
            reader.read_pronoun(mention)
    reader.read_early_speakers()
    for cluster in reader.clusters:
        cluster.mentions.sort(key=lambda item: (item.start, -item.end))
    return tuple(sorted(reader.clusters, key=lambda item: item.mentions[0].start))


class _Reader:
    """State of one pass over the mentions of a document."""

    def __init__(
        self, mentions: Mentions, syntax: Syntax, speaker_of: SpeakerOf, quoted_by: SpeakerOf
    ) -> None:
        self.clusters: list[Cluster] = []
        self._mentions = mentions
        self._syntax = syntax
        self._speaker_of = speaker_of
        self._quoted_by = quoted_by
        self._doc = syntax.doc
        self._text = syntax.doc.text  # spaCy joins the tokens anew at each access
        self._cluster_of: dict[int, Cluster] = {}
        self._by_key: dict[str, Cluster] = {}
        self._by_surname: dict[str, Cluster] = {}
        self._companies = companies(mentions, syntax)
        self._together: dict[Company, Cluster] = {}
        self._sentence_of = [0] * len(self._doc)
        for number, sent in enumerate(self._doc.sents):
            for index in range(sent.start, sent.end):
                self._sentence_of[index] = number

    def read_name(self, mention: Mention) -> None:
        """Join a name by identifier, words, surname or acronym."""
        words = normal(mention.span.quote(self._text))
        keys = [mention.link.id, f"{mention.link.kind}:{words}"]
        cluster = next((self._by_key[key] for key in keys if key in self._by_key), None)
        if cluster is None and (mention.label == "PERSON" or mention.link.id is None):
            cluster = self._by_person_name(words)
        if cluster is None:
            cluster = self._by_acronym(mention) or self._by_spelling(mention, words)
        if cluster is None:
            cluster = self._new()
        self._put(mention, cluster)
        cluster.names.add(words)
        for key in keys:
            if key is not None:
                self._by_key.setdefault(key, cluster)
        if mention.label == "PERSON":
            self._by_surname[words.split(" ")[-1]] = cluster
            cluster.titles.update(self._titles(mention))
            for role in (mention.link.role or "").lower().replace("-", " ").split(";"):
                words_of_role = role.split()
                is_deputy = bool(_DEPUTIES & set(words_of_role))
                cluster.titles.update([] if is_deputy else words_of_role)
            cluster.gender = cluster.gender or self._gender_of_name(mention, cluster)

    def _gender_of_name(self, mention: Mention, cluster: Cluster) -> str | None:
        """Return the gender that a title, an office or the given name tells."""
        genders = coreference_words().genders
        before = self._doc[mention.start - 1].lower_.rstrip(".") if mention.start else ""
        found = {genders[word] for word in sorted({before, *cluster.titles}) if word in genders}
        if len(found) == 1:
            return found.pop()
        is_full = mention.end - mention.start > 1 and not found
        return given_names().get(self._doc[mention.start].text) if is_full else None

    def _by_person_name(self, words: str) -> Cluster | None:
        parts = words.split(" ")
        cluster = self._by_surname.get(parts[-1])
        if cluster is None:
            return None
        for name in sorted(cluster.names):
            other = name.split(" ")
            if len(parts) > 1 and len(other) > 1 and parts[0] != other[0]:
                return None
        return cluster

    def _by_acronym(self, mention: Mention) -> Cluster | None:
        """Join "(SOHR)" to the name before the bracket, and an acronym to the name it shortens."""
        text = mention.span.quote(self._text)
        if not (text.isupper() and 2 <= len(text) <= 8 and text.isalpha()):
            return None
        if mention.start >= 2 and self._doc[mention.start - 1].text == "(":
            before = self._mentions.at(self._doc[mention.start - 2])
            if before is not None and before.head in self._cluster_of:
                return self._cluster_of[before.head]
        for cluster in reversed(self.clusters):
            if any(_initials(item.span.quote(self._text)) == text for item in cluster.mentions):
                return cluster
        return None

    def _by_spelling(self, mention: Mention, words: str) -> Cluster | None:
        """Join an unknown place to one whose name has a last letter more or less.

        Transliterations differ so, also within an article: "Hasaka" and "Hasakah".
        """
        if mention.link.id is not None or mention.link.kind is not EntityKind.PLACE:
            return None
        for cluster in self.clusters:
            if cluster.id is None and cluster.kind is EntityKind.PLACE:
                for name in cluster.names:
                    short, long = sorted((words, name), key=len)
                    if len(short) >= _SHORTEST_VARIANT and long[:-1] == short:
                        return cluster
        return None

    def _titles(self, mention: Mention) -> set[str]:
        """Return the lemmas of the titles and offices that a person is named with."""
        head = self._doc[mention.head]
        roles = (Role.COMPOUND, Role.NAME_PART, Role.APPOSITION, Role.ADJECTIVE)
        found = list(self._syntax.dependents(head, *roles))
        arc = self._syntax.governor(head)
        if arc is not None and arc.role in roles:
            found.append(arc.head)
        return {self._title(item) for item in found if item.pos_ in {"NOUN", "PROPN"}}

    def _title(self, noun: Token) -> str:
        """Return the lemma of a title, with the word that makes it that of a deputy."""
        lemma = noun.lemma_.lower()
        before = self._doc[max(0, noun.i - 2) : noun.i]  # "vice-president", "deputy prime minister"
        deputies = [item.lower_ for item in before if item.lower_ in _DEPUTIES]
        return f"{deputies[-1]} {lemma}" if deputies else lemma

    def read_description(self, mention: Mention) -> None:
        """Join a common-noun description to an entity told of before, or begin a new one."""
        token = self._doc[mention.head]
        cluster = self._by_apposition(token) or self._by_key.get(mention.link.id or "")
        cluster = cluster or self._own_side(token)
        lemma = self._title(token)
        words = normal(mention.span.quote(self._text))
        is_apart = any(
            item.lower_ in coreference_words().set_apart
            for item in self._doc[max(0, mention.start - 2) : mention.head]
        )
        is_indefinite = any(
            item.lower_ in {"a", "an", "another", "no", "any", "every", "each"}
            for item in self._syntax.dependents(token, Role.DETERMINER)
        )
        if cluster is None and not is_apart and not is_indefinite:
            cluster = self._by_own_name(token)
        if cluster is None and not is_apart:
            cluster = self._same_description(mention, words, lemma, is_indefinite=is_indefinite)
        is_one = not count_of(token, self._syntax)  # "the two countries" are no one country
        if cluster is None and mention.is_definite and is_one and not is_apart:
            cluster = self._by_words_of_name(mention, words)
            cluster = cluster or self._nearest_match(mention, lemma)
        if cluster is None:
            cluster = self._new()
        self._put(mention, cluster)
        cluster.heads.add(lemma)
        cluster.gender = cluster.gender or coreference_words().genders.get(lemma)
        if not is_indefinite:
            for key in self._description_keys(mention, words, lemma):
                self._by_key.setdefault(key, cluster)
        elif not mention.is_plural:
            self._by_key[f"indefinite:{mention.link.kind}:{words}"] = cluster

    def _by_apposition(self, token: Token) -> Cluster | None:
        """Return the cluster of the name that a description stands in apposition to."""
        for item in self._syntax.dependents(token, Role.APPOSITION):
            named = self._mentions.at(item)
            if named is not None and named.level is MentionLevel.NAME:
                return self._cluster_of.get(named.head)
        for clause in self._syntax.dependents(token, Role.ADNOMINAL_CLAUSE):
            for below in self._syntax.arcs(clause, Role.OBLIQUE):  # "a proxy known as the SDF"
                named = self._mentions.at(below.token)
                if clause.lower_ == "known" and below.word == "as" and named is not None:
                    return self._cluster_of.get(named.head)
        arc = self._syntax.governor(token)
        for below in self._syntax.arcs(token, Role.MODIFIER):
            named = self._mentions.at(below.token)
            if below.word == "of" and named is not None and named.label in {"GPE", "LOC"}:
                mention = self._mentions.exactly_at(token)
                if mention is None or mention.link.kind is not EntityKind.PLACE:
                    continue
                if mention.link.id is None:  # the outskirts of a town have an id of their own
                    return self._cluster_of.get(named.head)  # "the town of Afrin"
        if arc is None or arc.role is not Role.APPOSITION:
            return None
        # "the workers' party (WP), a group that": the name may stand beside it
        for item in (arc.head, *self._syntax.dependents(arc.head, Role.APPOSITION)):
            named = self._mentions.at(item)
            if item.i < token.i and named is not None and named.level is MentionLevel.NAME:
                cluster = self._cluster_of.get(named.head)
                if cluster is not None:
                    cluster.titles.add(token.lemma_.lower())
                return cluster
        return None

    def _by_own_name(self, token: Token) -> Cluster | None:
        """Return the body that "the Ansar movement", "the Ansar Islamist group" names."""
        if token.tag_ not in {"NN", "NNP"}:
            return None
        kinds = (
            coreference_words().kinds_by_hypernym.get(token.lemma_.lower(), frozenset()) & _BODIES
        )
        found = self._syntax.dependents(token, Role.COMPOUND, Role.NAME_PART, Role.ADJECTIVE)
        named = [item for item in map(self._mentions.at, found) if item is not None]
        if len(named) != 1 or named[0].level is not MentionLevel.NAME:
            return None
        return self._cluster_of.get(named[0].head) if named[0].link.kind in kinds else None

    def _own_side(self, token: Token) -> Cluster | None:
        """Return the state that an official means by "our side"."""
        owners = self._syntax.dependents(token, Role.POSSESSOR)
        if token.lemma_.lower() not in coreference_words().own_sides or not owners:
            return None
        if owners[0].lower_ not in _FIRST_PLURAL:
            return None
        return self._speaker(owners[0], is_plural=True)

    def _description_keys(self, mention: Mention, words: str, lemma: str) -> list[str]:
        kind, country = mention.link.kind, mention.link.country
        keys = [f"{kind}:{words}"]
        modifiers = [
            item for item in words.split(" ") if item != normal(self._doc[mention.head].text)
        ]
        is_generic = lemma in coreference_words().generic_military and len(modifiers) <= 1
        if kind is EntityKind.MILITARY and country and is_generic:
            keys.append(f"{kind}:{country}")
        backers = sorted(
            name
            for name, value in mention.link.features.items()
            if name.startswith("backer:") and value
        )
        if kind is EntityKind.ARMED_GROUP and backers:
            keys.append(f"{kind}:{','.join(backers)}")
        return keys

    def _same_description(
        self, mention: Mention, words: str, lemma: str, *, is_indefinite: bool
    ) -> Cluster | None:
        if is_indefinite and not mention.is_plural:
            return None
        for key in self._description_keys(mention, words, lemma):
            cluster = self._by_key.get(key)
            if cluster is not None:
                return cluster
        return self._by_key.get(f"indefinite:{mention.link.kind}:{words}")

    def _by_words_of_name(self, mention: Mention, words: str) -> Cluster | None:
        """Return the entity of whose name a description has the last words alone.

        "The nuclear deal" is one known by its full name; "the council" a body named before.
        """
        best, chosen = -1, None
        for cluster in reversed(self.clusters):
            is_known = cluster.kind is mention.link.kind and cluster.id is not None
            is_known = is_known and cluster.kind is not EntityKind.PERSON
            is_body = {cluster.kind, mention.link.kind} <= _INSTITUTIONS and " " not in words
            if not is_known and not is_body:
                continue
            called = [
                item.start
                for item in cluster.mentions
                if normal(item.span.quote(self._text)).endswith(f" {words}")
                and (is_known or (item.level is MentionLevel.NAME and item.end <= mention.start))
            ]
            if called and max(called) > best:
                best, chosen = max(called), cluster
        return chosen

    def _nearest_match(self, mention: Mention, lemma: str) -> Cluster | None:
        """Return the nearest earlier entity that "the group", "the Turkish leader" can mean."""
        kinds = coreference_words().kinds_by_hypernym.get(lemma, frozenset())
        country = mention.countries[0] if mention.countries else None
        number = self._sentence_of[mention.head]
        best: tuple[int, int] | None = None
        chosen = None
        for cluster in self.clusters:
            earlier = [item for item in cluster.mentions if item.end <= mention.start]
            if not earlier:
                continue
            last = max(earlier, key=lambda item: item.start)
            if number - self._sentence_of[last.head] > _DESCRIPTION_REACH:
                continue
            if not self._fits(mention, cluster, lemma, kinds, country):
                continue
            is_same_head = lemma in cluster.heads or lemma in cluster.titles
            rank = (int(is_same_head), last.start)
            if best is None or rank > best:
                best, chosen = rank, cluster
        return chosen

    def _fits(
        self,
        mention: Mention,
        cluster: Cluster,
        lemma: str,
        kinds: frozenset[EntityKind],
        country: str | None,
    ) -> bool:
        if country and cluster.country and country != cluster.country:
            return False
        if mention.link.kind is EntityKind.PERSON and not mention.is_plural:
            if cluster.kind is not EntityKind.PERSON or cluster.is_plural:
                return False
            return lemma in cluster.titles or (
                lemma in cluster.heads and not self._has_own_words(mention)
            )
        if cluster.kind is None or cluster.kind not in (kinds or {mention.link.kind}):
            return False
        if lemma in cluster.heads:
            return not self._has_own_words(mention) or country is not None
        is_named = any(item.level is MentionLevel.NAME for item in cluster.mentions)
        is_bare = mention.end - mention.start == 1
        # "The Colombian rebels" are those of Colombia that were named before.
        is_national = country is not None and country == cluster.country and is_named
        is_national = is_national and cluster.kind in _BODIES
        is_national = is_national and mention.end - mention.start == 1 + len(mention.countries)
        return bool(kinds) and (is_national or (is_bare and (is_named or mention.is_plural)))

    def read_pronoun(self, mention: Mention) -> None:
        """Join a personal pronoun to its antecedent; one without any is dropped."""
        token = self._doc[mention.head]
        word = token.lower_
        if word in _FIRST_PERSON or word in _FIRST_PLURAL:
            cluster = self._speaker(token, is_plural=word in _FIRST_PLURAL)
        elif word in _THIRD_PERSON or word in _THIRD_PLURAL or word in {"it", "its", "itself"}:
            cluster = self._antecedent(token, word)
        else:
            cluster = None
        if cluster is not None:
            self._put(mention, cluster)
            cluster.gender = cluster.gender or _GENDER.get(word)

    def read_early_speakers(self) -> None:
        """Join each "we" whose speaker is a pronoun behind it: '"We will win," he said'."""
        for mention in self._mentions.all:
            if mention.level is not MentionLevel.PRONOUN:
                continue
            word = self._doc[mention.head].lower_
            is_first = word in _FIRST_PERSON or word in _FIRST_PLURAL
            if is_first and mention.head not in self._cluster_of:
                self.read_pronoun(mention)

    def _speaker(self, token: Token, *, is_plural: bool) -> Cluster | None:
        speaker = self._speaker_of(token)
        if speaker is None:
            return None
        named = self._mentions.at(speaker)
        cluster = self._cluster_of.get(named.head) if named else None
        if cluster is None or not is_plural or cluster.kind is not EntityKind.PERSON:
            return cluster
        for other in self.clusters:  # an official's "we" is the country spoken for
            if other.kind is EntityKind.STATE and other.country == cluster.country:
                return other
        return cluster

    def _antecedent(self, token: Token, word: str) -> Cluster | None:
        number = self._sentence_of[token.i]
        own = self._clause_mates(token)
        if word in _THIRD_PERSON:
            own |= self._kin_who_speak(token)
        quoted = self._quoted_by(token)
        named = None if quoted is None else self._mentions.at(quoted)
        speaker = None if named is None else self._cluster_of.get(named.head)
        best: tuple[int, int, int] = (-_PRONOUN_REACH - 1, 0, 0)
        chosen = None
        for cluster in self.clusters:
            near = [
                mention
                for mention in cluster.mentions
                if mention.end <= token.i
                and 0 <= number - self._sentence_of[mention.head] <= _PRONOUN_REACH
                and _agrees(cluster, mention, word)
            ]
            if not near or cluster is speaker or self._speaks_near(cluster, number):
                continue
            for mention in near:
                if mention.head in own:
                    continue
                head = self._doc[mention.head]
                distance = number - self._sentence_of[mention.head]
                arc = self._syntax.governor(self._syntax.first_conjunct(head))
                role = arc.role if arc is not None else Role.OTHER
                rank = (-distance, _SALIENCE.get(role, 0), mention.start)
                if rank > best:
                    best, chosen = rank, cluster
        company = self._company(token, own, best) if word in _THIRD_PLURAL else None
        return chosen if company is None else self._all_of(company)

    def _company(self, token: Token, own: set[int], best: tuple[int, int, int]) -> Company | None:
        """Return those together whom "they" means rather than any one of rank ``best``."""
        number = self._sentence_of[token.i]
        chosen = None
        for company in self._companies:
            last = company.members[-1]
            distance = number - self._sentence_of[last.head]
            rank = (-distance, _SALIENCE[company.role], last.start)
            is_free = own.isdisjoint(item.head for item in company.members)
            # All of them, and not the last alone.
            if last.end <= token.i and is_free and rank >= best and self._are_apart(company):
                best, chosen = rank, company
        return chosen

    def _are_apart(self, company: Company) -> bool:
        """Tell whether those spoken of together are different ones."""
        clusters = [self._cluster_of.get(item.head) for item in company.members]
        return None not in clusters and len(set(map(id, clusters))) == len(clusters)

    def _all_of(self, company: Company) -> Cluster:
        """Return the cluster of those who are spoken of together."""
        if company not in self._together:
            cluster = self._new()
            cluster.members = company.members
            cluster.kind = self._cluster_of[company.members[0].head].kind
            self._together[company] = cluster
        return self._together[company]

    def _speaks_near(self, cluster: Cluster, number: int) -> bool:
        """Tell whether the cluster is "I" or "we" in this sentence, and so not "it" or "they"."""
        return any(
            item.level is MentionLevel.PRONOUN
            and self._sentence_of[item.head] == number
            and self._doc[item.head].lower_ in _FIRST_PERSON | _FIRST_PLURAL
            for item in cluster.mentions
        )

    def _clause_mates(self, token: Token) -> set[int]:
        """Return the heads that cannot be the antecedent: arguments of the same predicate."""
        arc = self._syntax.governor(token)
        if arc is None or arc.role is Role.POSSESSOR:
            return set()
        return {item.token.i for item in self._syntax.participants(arc.head)}

    def _kin_who_speak(self, token: Token) -> set[int]:
        """Return the heads of those who speak of somebody else as of theirs.

        "His lawyer said that he was ill", "Robinson's mother, Ann, said they had not seen him".
        """
        found: set[int] = set()
        for arc in self._syntax.governors(token):
            if arc.role is Role.COMPLEMENT:
                for subject in self._syntax.dependents(arc.head, Role.SUBJECT):
                    if self._syntax.dependents(subject, Role.POSSESSOR):
                        names = self._syntax.dependents(subject, Role.APPOSITION)
                        found.update(item.i for item in (subject, *names))
        return found

    def _has_own_words(self, mention: Mention) -> bool:
        """Tell whether a description picks out one of several: "the second group".

        A participle does not ("the wrecked truck"): it tells what became of the one known.
        """
        words = self._doc[mention.start : mention.end]
        return any(word.i != mention.head and word.tag_ != "VBN" for word in words)

    def _new(self) -> Cluster:
        cluster = Cluster()
        self.clusters.append(cluster)
        return cluster

    def _put(self, mention: Mention, cluster: Cluster) -> None:
        cluster.add(mention)
        self._cluster_of[mention.head] = cluster


def count_of(token: Token, syntax: Syntax) -> int:
    """Return how many a definite description says there are; 0 if it does not."""
    determiners = {item.lower_ for item in syntax.dependents(token, Role.DETERMINER)}
    if "both" in determiners:
        return 2
    numbers = [_COUNTED.get(item.lower_, 0) for item in syntax.dependents(token, Role.NUMBER)]
    return max(numbers, default=0) if determiners & _DEFINITE else 0


def _agrees(cluster: Cluster, mention: Mention, word: str) -> bool:
    """Tell whether a third-person pronoun can stand for a mention of a cluster."""
    if word in _THIRD_PERSON:
        is_other = cluster.gender is not None and cluster.gender != _GENDER[word]
        return cluster.kind is EntityKind.PERSON and not cluster.is_plural and not is_other
    if word in _THIRD_PLURAL:
        if mention.is_plural:
            return cluster.kind not in {EntityKind.WEAPON, EntityKind.FACILITY, EntityKind.PLACE}
        return cluster.kind in _COLLECTIVE - {EntityKind.STATE}
    return cluster.kind in _COLLECTIVE and not mention.is_plural


def _initials(name: str) -> str:
    """Return the capitals that begin the words of a name."""
    words = re.split(r"[\s-]+", name)
    return "".join(word[0] for word in words if word[:1].isupper()) if len(words) > 1 else ""
