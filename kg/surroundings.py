"""Tell where events happen near a place from where they happen at it.

"Killed near Mosul" names Mosul, yet what is known is less sharp: the event gets a place of its own,
"near Mosul", that says by which place it is located. A telling that names no place keeps to how the
last one before it told of the same.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.casting import Cast
from kg.draft import Draft, Scene
from kg.linking.directions import Sense, sense_before, sense_of
from kg.linking.resolver import Resolver
from kg.placing import heads_by_sentence
from kg.records import Link
from kg.syntax import Arc, Role, Syntax
from kg.terms import EntityKind

_PHRASES = (Role.MODIFIER, Role.OBLIQUE, Role.POSSESSOR, Role.COMPOUND, Role.ADJECTIVE)
# How a name is tied to a noun: "the border with Chad", "the coast of Yemen", "Yemen's coast".
_TYING = frozenset({"of", "with", "between", ""})
_BORDERING = frozenset({EntityKind.STATE, EntityKind.PLACE})


def tell_surroundings(draft: Draft, resolver: Resolver) -> Draft:
    """Return the draft with places of their own for what is said to lie near, or on a border."""
    scene = draft.scene
    cast = scene.cast
    named = heads_by_sentence(scene)
    told_as: dict[str, str] = {}
    tellings = []
    for item in draft.tellings:
        heads = named.get(item.sentence, {})
        for name in item.event.places:
            tokens = [scene.syntax.doc[head] for head in heads.get(name, ())]
            if not tokens:
                continue
            told_as[name] = name
            link = _surroundings(name, tokens, scene, resolver)
            if link is not None:
                cast, told_as[name] = cast.with_place(link, tokens[0])
        places = dict.fromkeys(told_as.get(name, name) for name in item.event.places)
        tellings.append(replace(item, event=replace(item.event, places=tuple(places))))
    return replace(draft, scene=replace(scene, cast=cast), tellings=tuple(tellings))


def _surroundings(
    name: str, tokens: Sequence[Token], scene: Scene, resolver: Resolver
) -> Link | None:
    """Return what the sentence names instead of a place; None if it means the place itself."""
    said = [_sense_at(token, scene.syntax, scene.cast) for token in tokens]
    if not all(said) or said[0] is None:
        return None
    sense, noun = said[0]
    names = [name]
    if sense is Sense.BORDER:
        names += [other for other in _bordering(noun, scene) if other != name]
    return resolver.part(sense, [scene.cast.link(other) for other in names])


def _sense_at(token: Token, syntax: Syntax, cast: Cast) -> tuple[Sense, Token] | None:
    """Return what the words around a name say of it, with the word that it hangs on."""
    arc = _arc(token, syntax)
    while arc is not None:
        sense = sense_before(arc.word, f"{arc.head.lower_} {arc.word}")
        if sense is None and arc.role in _PHRASES and arc.word in _TYING:
            sense = sense_of(arc.head.lemma_)
        if sense is not None:
            return sense, arc.head
        if arc.word != "of" or cast.id_of(arc.head) != cast.id_of(token):
            break
        arc = _arc(arc.head, syntax)  # "outside the town of Goma"
    return None


def _arc(token: Token, syntax: Syntax) -> Arc | None:
    """Return what a name hangs on, in a list that of the whole list: "near Goma and [Bukavu]".

    A preposition of its own counts for more: "in Goma and [near] Bukavu".
    """
    first = syntax.first_conjunct(token)
    arc = syntax.governor(first)
    own = " ".join(item.lower_ for item in syntax.dependents(token, Role.CASE))
    if arc is None or first == token or not own:
        return arc
    return replace(arc, token=token, word=own)


def _bordering(noun: Token, scene: Scene) -> list[str]:
    """Return the states and places that a border is said to be of."""
    owners = scene.syntax.dependents(noun, *_PHRASES)
    tokens = [item for owner in owners for item in scene.syntax.conjuncts(owner)]
    return [name for name in scene.cast.ids_of(tokens) if scene.cast.kind(name) in _BORDERING]
