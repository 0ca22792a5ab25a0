"""How hard a text is to read (UI-4, MSG-4)."""

import pytest

from careplan.reading import reading_grade, syllables_of


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("bed", 1), ("the", 1), ("walked", 1), ("makes", 1), ("whole", 1),
        ("body", 2), ("panic", 2), ("people", 2), ("quiet", 2), ("wanted", 2), ("isn’t", 2), ("create", 2),
        ("table", 2), ("well-being", 3), ("agreement", 3), ("understanding", 4),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_heard(word, heard):
    assert syllables_of(word) == heard


def test_plain_words_read_easily_and_learned_ones_do_not():
    """UI-4: the grade rises with long sentences and long words."""
    plain = "You sit down. You feel your feet on the floor. It passes, and you are still here."
    learned = "Notwithstanding considerable institutional complications, practitioners recommended evaluation."
    assert reading_grade(plain) < 3
    assert reading_grade(learned) > 15


def test_the_points_of_a_list_are_sentences_of_their_own():
    """A list is not one endless sentence."""
    assert reading_grade("What helps\nA walk\nA friend\nA cup of tea") < 2


def test_no_words_have_no_grade():
    assert reading_grade("12:30 – ?") == 0.0
