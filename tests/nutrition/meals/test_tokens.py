"""How sentences are cut: into pieces (`pieces.txt`), and those into clauses (`clauses.txt`)."""

import pytest

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.meals.draft_builder.clauses import JOINTS, Clause, clauses_of
from coach.nutrition.meals.spelling import slips_put_right, spelling_of
from coach.nutrition.meals.tokens import Piece, scan
from tests.nutrition.meals.sentences import lines


def pieces(said: str) -> list[Piece]:
    return scan(index_from_files(), said)


@pytest.mark.parametrize(("said", "kinds"), lines("pieces.txt"))
def test_a_sentence_is_cut_into_pieces(said, kinds):
    found = [piece.kind for piece in pieces(said) if piece.kind != "filler"]
    assert " ".join(found) == kinds.strip()


def shown(clause: Clause) -> str:
    """A clause as `clauses.txt` writes it: ! denied, ? intended, ~ only."""
    mood = clause.mood
    marks = "!" * mood.denied + "?" * mood.intended + "~" * mood.only
    names = [piece.text for piece in clause.pieces if piece.kind == "name"]
    joint = clause.joint.kind if clause.joint else "start"
    return f"{joint}{marks}: {', '.join(names)}".strip()


@pytest.mark.parametrize(("said", "clauses"), lines("clauses.txt"))
def test_pieces_are_parted_into_clauses(said, clauses):
    assert " | ".join(shown(clause) for clause in clauses_of(pieces(said))) == clauses


@pytest.mark.parametrize(("said", "clauses"), lines("clauses.txt"))
def test_a_clause_holds_no_joint_but_the_one_that_opens_it(said, clauses):
    cut = clauses_of(pieces(said))
    assert all(piece.kind not in JOINTS for clause in cut for piece in clause.pieces)
    assert sum(len(clause.pieces) + (clause.joint is not None) for clause in cut) == len(
        pieces(said)
    )


@pytest.mark.parametrize(
    ("said", "people", "of_named", "of_all"),
    [
        ("a pizza, shared with my wife", 2, True, True),
        ("a pizza shared between three", 3, True, False),
        ("I shared a pizza with my wife", 2, False, False),
        ("shared it with friends", 2, True, False),
    ],
)
def test_who_shares_what(said, people, of_named, of_all):
    (sharing,) = [clause.sharing for clause in clauses_of(pieces(said)) if clause.sharing]
    assert (sharing.people, sharing.of_named, sharing.of_all) == (people, of_named, of_all)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cauliflowr", "cauliflower"), ("tommatoes", "tomato"), ("strawberies", "strawberry"),
        ("cinamon", "cinnamon"), ("mushroms", "mushroom"),
        # Too short, already a word, or nothing like a food.
        ("egs", "egs"), ("rice", "rice"), ("florpnax", "florpnax"), ("12", "12"),
    ],
)  # fmt: skip
def test_slips_of_the_keyboard(typed, meant):
    assert spelling_of(index_from_files()).corrected([typed]) == [meant]


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("pan cakes", "pancakes"), ("a cuppa", "a tea"), ("b l t", "blt"),
        ("a cuppa coffee", "a coffee"), ("my cuppa coffee", "my cup of coffee"),
        ("sum stake", "some steak"),
        ("mac n cheese", "mac cheese"), ("nun bread", "naan bread"), ("two eggs", "two eggs"),
    ],
)  # fmt: skip
def test_slips_of_a_recogniser(heard, meant):
    assert " ".join(slips_put_right(heard.split())) == meant
