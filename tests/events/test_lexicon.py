"""The loader refuses rows that name what does not exist, and says where and what is nearest."""

from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.events.lexicon import Condition, load_lexicon
from kg.terms import EventType

RULE_HEADER = "id\tlemma\tpos\twhen\ttype\tmode\tframe\tspan\texample\tabsent"
ATTACK = "assault.attack.v\tattack\tVERB\t\tASSAULT\t\tact\t\tRebels attacked.\tRain fell."
TABLES = {
    "triggers_verbs.tsv": f"{RULE_HEADER}\n{ATTACK}\n",
    "frames.tsv": "frame\tactor\trecipient\tsymmetric\tnote\nact\tsubj\tobj;obj.of+on\tno\n",
    "light_verbs.tsv": "lemma\tslot\tsubject\taspect\tnote\nlaunch\tobj\tactor\tbegin\n",
    "word_classes.tsv": "class\tlemma\ntalk\tmeeting\ntalk\ttalk\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in TABLES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def add_rule(folder: Path, row: str) -> None:
    with (folder / "triggers_verbs.tsv").open("a", encoding="utf-8") as table:
        table.write("\t".join(cell.strip() for cell in row.split(" |")) + "\n")


def test_a_row_becomes_a_typed_rule(folder: Path) -> None:
    add_rule(folder, "x.hold.v | hold | VERB | obj:@talk|siege;!subj:* | NONE | | | | Talks held.")
    lexicon = load_lexicon(folder)
    (attack,) = lexicon.rules_for("attack", "VERB")
    assert attack.type is EventType.ASSAULT
    assert attack.mode is None
    (hold,) = lexicon.rules_for("hold", "VERB")
    assert hold.type is None
    assert hold.when == (
        Condition(slot="obj", lemmas=frozenset({"siege"}), classes=("talk",)),
        Condition(slot="subj", lemmas=frozenset(), classes=(), is_any=True, is_negated=True),
    )


def test_more_conditions_come_first(folder: Path) -> None:
    add_rule(
        folder,
        "assault.attack.v.at | attack | VERB | prep:at | ASSAULT | | act | | They attack.",
    )
    rules = load_lexicon(folder).rules_for("attack", "VERB")
    assert [rule.id for rule in rules] == ["assault.attack.v.at", "assault.attack.v"]


def test_an_unknown_word_has_no_rules(folder: Path) -> None:
    assert load_lexicon(folder).rules_for("sleep", "VERB") == ()


def test_a_frame_groups_its_slots(folder: Path) -> None:
    frame = load_lexicon(folder).frames["act"]
    assert frame.actor == (("subj",),)
    assert frame.recipient == (("obj",), ("obj.of", "on"))
    assert not frame.is_symmetric


def test_word_classes_gather_their_lemmas(folder: Path) -> None:
    assert load_lexicon(folder).word_classes == {"talk": frozenset({"meeting", "talk"})}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a | go | VERB | | ASSALT | | act | | x", "event type 'ASSALT' .*mean 'ASSAULT'"),
        ("a | go | VRB | | ASSAULT | | act | | x", "part of speech 'VRB' .*mean 'VERB'"),
        ("a | go | VERB | | ASSAULT | | acts | | x", "frame 'acts' .*mean 'act'"),
        ("a | go | VERB | objj:cat | ASSAULT | | act | | x", "slot 'objj' .*mean 'obj'"),
        ("a | go | VERB | obj:@tlk | ASSAULT | | act | | x", "word class 'tlk' .*mean 'talk'"),
        ("a | go | VERB | obj: | ASSAULT | | act | | x", "lacks a filler"),
        ("a | go | VERB | | ASSAULT | | act | ob | x", "span 'ob' .*mean 'obj'"),
        ("a | go | VERB | | ASSAULT | | act | prep:att | x", "preposition 'att' .*mean 'at'"),
        ("a | go | VERB | | ASSAULT | | act | | ", "'example' is empty"),
        ("assault.attack.v | go | VERB | | ASSAULT | | act | | x", "is used at .*tsv:2"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(folder: Path, row: str, message: str) -> None:
    add_rule(folder, row)
    with pytest.raises(ResourceError, match=rf"triggers_verbs\.tsv:3: .*{message}"):
        load_lexicon(folder)


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("frames.tsv", "act\tsubj\tobj\tno", "frame 'act' is there already"),
        ("frames.tsv", "hit\tsubj.by.ob\tobj\tno", "slot 'ob' .*mean 'obj'"),
        ("frames.tsv", "hit\tsubj\tobj\tmaybe", "value of symmetric 'maybe'"),
        ("light_verbs.tsv", "make\tojb\tactor", "slot 'ojb'"),
        ("light_verbs.tsv", "make\tobj\tagent", "role of the subject 'agent'"),
        ("light_verbs.tsv", "make\tobj\tactor\tstop", "aspect 'stop'"),
    ],
)
def test_a_wrong_table_is_refused(folder: Path, table: str, row: str, message: str) -> None:
    with (folder / table).open("a", encoding="utf-8") as lines:
        lines.write(row + "\n")
    with pytest.raises(ResourceError, match=rf"{table}:\d+: .*{message}"):
        load_lexicon(folder)


def test_what_must_be_there_outranks_what_must_be_absent(folder: Path) -> None:
    rows = [
        "a.x | go | VERB | !obj:*;!subj:*",
        "b.x | go | VERB | to:@talk",
        "c.x | go | VERB | to:mill",
    ]
    for row in rows:
        add_rule(folder, f"{row} | ASSAULT | | act | | They go.")
    rules = load_lexicon(folder).rules_for("go", "VERB")
    assert [rule.id for rule in rules] == ["c.x", "b.x", "a.x"]


def test_a_condition_may_look_a_step_further(folder: Path) -> None:
    add_rule(folder, "a.x | say | VERB | ccomp.aux:must | REQUEST | | act | | They must go.")
    (rule,) = load_lexicon(folder).rules_for("say", "VERB")
    assert rule.when[0].slot == "ccomp.aux"
