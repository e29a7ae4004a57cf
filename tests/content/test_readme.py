"""What the guide for level authors shows is a level."""

from game.content.check import check_level
from game.files import LEVELS


def test_the_example_in_the_guide_has_no_problem(tmp_path):
    guide = (LEVELS / "README.md").read_text(encoding="utf-8").splitlines()
    folder = tmp_path / "my_level"
    folder.mkdir()
    example = [line[4:] for line in guide if line.startswith("    ")]
    (folder / "level.yaml").write_text("\n".join(example), encoding="utf-8")
    assert check_level(folder) == []
