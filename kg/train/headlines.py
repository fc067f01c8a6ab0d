"""Turn treebank sentences into headlines that keep their trees.

News begins with headlines and treebanks hardly have any, so a parser trained on treebanks alone
takes the verb of "US Troops Exchange Fire" for a noun. A declarative sentence becomes a headline
by losing its final stop and its articles, by telling its past in the present tense, and by Title
Case or all capitals.
"""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from kg.train.treebank import Sentence, Word

_SHORTEST, _LONGEST = 4, 22
_LOWER_IN_TITLES = frozenset(
    "a an the of in on at to for and or but by with from as into over after".split()
)
_NO_PRESENT = frozenset(["be", "have", "do"])
_ENDS = frozenset([".", "!"])


def is_headline_like(sentence: Sentence) -> bool:
    """Say whether a sentence is a statement about a third person that could head an article."""
    root = next((word for word in sentence if word.relation == "root"), None)
    return (
        root is not None
        and _SHORTEST <= len(sentence) <= _LONGEST
        and root.upos == "VERB"
        and sentence[-1].form in _ENDS
        and not any("Person=1" in word.feats or "Person=2" in word.feats for word in sentence)
        and any(
            word.relation.startswith("nsubj")
            and sentence[word.head] is root
            and word.upos in ("NOUN", "PROPN")
            for word in sentence
        )
    )


def to_headline(sentence: Sentence, random: Random) -> Sentence:
    """Write a sentence as a headline; its tree stays, less the words that are dropped."""
    words = to_present(sentence) if random.random() < 0.6 else sentence
    dropped = {len(words) - 1}
    if random.random() < 0.6:
        dropped |= _droppable(words)
    words = remove_words(words, frozenset(dropped))
    if random.random() < 0.05:
        return tuple(replace(word, form=word.form.upper()) for word in words)
    return to_title_case(words)


def to_title_case(sentence: Sentence) -> Sentence:
    """Capitalise all words but short function words and clitics inside the sentence."""
    words: list[Word] = []
    for index, word in enumerate(sentence):
        is_clitic = index > 0 and not sentence[index - 1].space_after and word.form[0] in "'’n"
        is_small = index > 0 and word.form.lower() in _LOWER_IN_TITLES
        capital = word.form[:1].upper() + word.form[1:]
        words.append(word if is_clitic or is_small else replace(word, form=capital))
    return tuple(words)


def to_present(sentence: Sentence) -> Sentence:
    """Put past-tense verbs with a nominal subject into the headline's present tense."""
    words = list(sentence)
    for word in sentence:
        verb = sentence[word.head]
        is_subject = word.relation == "nsubj" and word.upos in ("NOUN", "PROPN")
        if (
            is_subject
            and verb.xpos == "VBD"
            and verb.upos == "VERB"
            and verb.lemma not in _NO_PRESENT
        ):
            words[word.head] = _present(verb, is_plural=_is_plural(sentence, word))
    return tuple(words)


def third_person(lemma: str) -> str:
    """Return the third person singular of a regular verb."""
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def remove_words(sentence: Sentence, indexes: frozenset[int]) -> Sentence:
    """Remove words that govern nothing, and count the heads of the others anew."""
    kept = [index for index in range(len(sentence)) if index not in indexes]
    new_index: Mapping[int, int] = {old: new for new, old in enumerate(kept)}
    return tuple(replace(sentence[index], head=new_index[sentence[index].head]) for index in kept)


def _present(verb: Word, *, is_plural: bool) -> Word:
    if is_plural:
        feats = "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"
        return replace(verb, form=verb.lemma, xpos="VBP", feats=feats)
    feats = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
    return replace(verb, form=third_person(verb.lemma), xpos="VBZ", feats=feats)


def _is_plural(sentence: Sentence, subject: Word) -> bool:
    position = sentence.index(subject)
    has_conjunct = any(word.relation == "conj" and word.head == position for word in sentence)
    return has_conjunct or "Number=Plur" in subject.feats


def _droppable(sentence: Sentence) -> set[int]:
    """Return the articles and the passive "was" and "were", as far as they govern nothing."""
    heads = {word.head for index, word in enumerate(sentence) if word.head != index}
    return {
        index
        for index, word in enumerate(sentence)
        if index not in heads
        and word.space_after
        and (
            (word.relation == "det" and word.lemma in ("the", "a"))
            or (word.relation == "aux:pass" and word.form in ("was", "were"))
        )
    }
