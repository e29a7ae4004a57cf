import pytest

from game import text
from game.problems import ProblemError
from game.text import _, _n


def test_an_english_message_is_its_own_sentence():
    assert _("End turn") == "End turn"
    assert _("{nation} pays {cost:.1f} US$ bn", nation="JPN", cost=2) == "JPN pays 2.0 US$ bn"


def test_a_message_is_said_in_the_language_in_use():
    text.use_messages({"{nation} refuses": "{nation} lehnt ab"})
    assert _("{nation} refuses", nation="Japan") == "Japan lehnt ab"
    assert _("End turn") == "End turn"


def test_a_value_that_is_missing_is_an_error_in_tests_and_stays_as_written_in_play():
    with pytest.raises(KeyError, match="cost"):
        _("pays {cost:.1f}")
    text.require_values(False)
    assert _("pays {cost:.1f} to {name!r}", nation="JPN") == "pays {cost} to {name}"


def test_a_count_chooses_between_one_and_many():
    assert _n("{n} turn", "{n} turns", 1) == "1 turn"
    assert _n("{n} turn", "{n} turns", 0) == "0 turns"


def test_a_locale_file_maps_messages_to_sentences(tmp_path):
    (tmp_path / "de.yaml").write_text('"End turn": "Runde beenden"\n', encoding="utf-8")
    assert text.load_locale("de", tmp_path) == {"End turn": "Runde beenden"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('"{a} and {b}": "{a} und"', "use {a}, {b}"),
        ('"yes": no', "quotation marks"),
        ('"yes": "ja {"', "written twice"),
        ("- a list", "maps English messages"),
        ('"open: [', "cannot be read"),
    ],
)
def test_a_bad_locale_file_is_refused_with_its_place_and_remedy(tmp_path, content, said):
    (tmp_path / "de.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(ProblemError, match=r"de\.yaml") as error:
        text.load_locale("de", tmp_path)
    assert said in str(error.value)


def test_a_missing_locale_file_is_a_problem(tmp_path):
    with pytest.raises(ProblemError, match="cannot be read"):
        text.load_locale("xx", tmp_path)
