"""One view of a dependency parse, whichever label scheme the pipeline uses.

Universal Dependencies (the shipped pipeline) and the CLEAR scheme of the stock spaCy pipelines
(nsubjpass, dobj, agent, prep/pobj) differ in labels and in shape: UD hangs a noun on the verb
and the preposition on the noun, CLEAR chains verb, preposition and noun; UD takes the predicate
noun as head of a copular clause, CLEAR the verb "be". ``Syntax`` turns either into the same
arcs, in UD's shape, and answers who logically did what to whom, through passives, relatives,
participles, control and coordination. The rest of the code sees no dependency label.
"""

from kg.syntax.arcs import Arc, Participant, Role
from kg.syntax.reading import Syntax

__all__ = ["Arc", "Participant", "Role", "Syntax"]
