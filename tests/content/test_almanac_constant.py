"""Numbers of modules are read with the comment beside or above them."""

from game.content.almanac_constant import blocks_in, comments_in

SOURCE = '''
# Support, in points.
GAIN = 0.4  # as it rises
LOSS, LIMIT = 1.5, -2

SIZES = (1, 2)
NAMES = ("a", "b")
FLAG = True
_OWN = 3

class Rates:
    """Costs."""
    sea: float = 0.004  # by ship
    count: int
'''


def test_numbers_come_in_blocks_with_their_comments():
    blocks = blocks_in(SOURCE)
    assert [block.comment for block in blocks] == ["Support, in points.", "", ""]
    found = [(one.name, one.value, one.comment) for block in blocks for one in block.constants]
    assert found == [
        ("GAIN", "0.4", "as it rises"), ("LOSS", "1.5", ""), ("LIMIT", "−2", ""), ("SIZES", "1, 2", ""),
        ("sea", "0.004", "by ship"),
    ]  # fmt: skip


def test_comments_of_annotated_names_are_found():
    assert comments_in(SOURCE) == {"sea": "by ship", "count": ""}
