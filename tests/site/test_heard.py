"""The judge of what e2e tests hear: a stutter is forgiven, another sentence is not."""

from itertools import permutations

import pytest

from tests.support.heard import alike

SAID = [
    "I had a banana.",
    "What should I eat?",
    "log a cup of coffee",
    "I feel bloated after dinner.",
    "Can I talk to a real dietitian please?",
    "I had two eggs and a slice of toast for breakfast.",
]


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("I have a dana.", "I had a banana."),
        ("I had a ban", "I had a banana."),
        ("What should I?", "What should I eat?"),
        ("I feel loaded after diner", "I feel bloated after dinner."),
    ],
)
def test_a_stutter_is_forgiven(heard, said):
    assert alike(heard, said)


@pytest.mark.parametrize(("heard", "said"), permutations([*SAID, ""], 2))
def test_another_sentence_is_not(heard, said):
    assert not alike(heard, said)
