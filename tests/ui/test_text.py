"""Text is wrapped, shortened and cached without growing for ever."""

from game.ui import text


def test_the_cache_of_lines_is_capped():
    for index in range(text.CACHE_CAP + 50):
        text.line(str(index), 14, 400, (1, 2, 3))
    assert len(text._lines) == text.CACHE_CAP


def test_shortened_text_fits_and_ends_with_an_ellipsis():
    words = "Confederation of battery makers"
    short = text.shortened(words, 16, 400, 120)
    assert short.endswith(text.ELLIPSIS)
    assert text.width(short, 16, 400) <= 120
    assert text.shortened(words, 16, 400, 1000) == words


def test_wrapped_lines_fit_and_lose_no_word():
    words = "Kinshasa votes on a cobalt quota next turn. If it passes you are short."
    lines = text.wrapped(words, 16, 400, 150)
    assert len(lines) > 2
    assert all(text.width(line, 16, 400) <= 150 for line in lines)
    assert " ".join(lines) == words


def test_digits_are_tabular():
    assert len({text.width(digit * 4, 16, 600) for digit in "0123456789"}) == 1
