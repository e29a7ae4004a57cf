"""Writes the almanac's generated pages from the code's own tables: python -m game.content.build_almanac [folder].

The pages that people write lie beside them in the same folder. The same tables give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from game.content.almanac import FOLDER
from game.content.almanac_engine import constants_page, fields_page, measures_page, parameters_page
from game.content.almanac_error import error_page
from game.content.almanac_routes import routes_page
from game.content.almanac_rules import orders_page, treaties_page
from game.content.almanac_world import minerals_page, sources_page
from game.content.episode import load_episodes
from game.content.load import load_level
from game.files import LEVELS, ROOT

WHOLE_WORLD = "long_arc"  # the level that plays all of the world as it is
EPISODES = LEVELS / "_episodes"


def generated_pages() -> dict[str, str]:
    """File name to text of every page that is made from tables."""
    level = load_level(WHOLE_WORLD)
    world = level.world
    return {
        "parameters.md": parameters_page(world.parameters, world.sources),
        "constants.md": constants_page(),
        "fields.md": fields_page(),
        "measures.md": measures_page(),
        "orders.md": orders_page(),
        "treaties.md": treaties_page(),
        "minerals.md": minerals_page(world),
        "routes.md": routes_page(level.routes),
        "sources.md": sources_page(world, ROOT / "README.md"),
        "error.md": error_page(EPISODES / "result.json", load_episodes(EPISODES / "episodes.yaml")),
    }


def write_almanac(folder: Path) -> list[Path]:
    """Write the generated pages into a folder; return their paths."""
    paths = []
    for name, text in generated_pages().items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


if __name__ == "__main__":
    for written in write_almanac(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(written)
