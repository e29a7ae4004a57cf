"""Rasterise the actors' flags from the npm package `flag-icons` (MIT) to 96 x 72 PNG files beside this script.

    npm install flag-icons
    pip install cairosvg
    python assets/flags/make_flags.py node_modules/flag-icons

pygame's own SVG loader ignores <use>, which loses stars and trigrams, so the pictures are made once and shipped.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import cairosvg

WIDTH, HEIGHT = 96, 72
FOLDER = Path(__file__).resolve().parent

# Actor -> ISO 3166 alpha-2 code, which names the drawings in the package.
CODES = {
    "USA": "us", "EUU": "eu", "CHN": "cn", "JPN": "jp", "KOR": "kr", "IND": "in", "GBR": "gb", "CAN": "ca", "AUS": "au",
    "CHL": "cl", "ARG": "ar", "BOL": "bo", "PER": "pe", "BRA": "br", "MEX": "mx", "COD": "cd", "ZMB": "zm", "ZAF": "za",
    "ZWE": "zw", "MOZ": "mz", "MDG": "mg", "TZA": "tz", "IDN": "id", "PHL": "ph", "MYS": "my", "VNM": "vn", "MMR": "mm",
    "THA": "th", "RUS": "ru", "KAZ": "kz", "MNG": "mn", "NOR": "no", "GRL": "gl", "NCL": "nc", "TUR": "tr", "SAU": "sa",
    "UKR": "ua", "TWN": "tw", "NAM": "na",
}  # fmt: skip

# The rest of the world has no flag: a globe's net on the colour of land, our own drawing.
REST_OF_WORLD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 72">
<rect width="96" height="72" fill="#2B4157"/>
<g fill="none" stroke="#9DB0C3" stroke-width="3">
<circle cx="48" cy="36" r="24"/><ellipse cx="48" cy="36" rx="10" ry="24"/><path d="M24 36H72M28 23H68M28 49H68"/>
</g></svg>"""


def make_flags(package: Path) -> None:
    """Write one PNG per actor and the package's licence."""
    for actor, code in CODES.items():
        drawing = (package / "flags" / "4x3" / f"{code}.svg").read_bytes()
        _write(actor, drawing)
    _write("ROW", REST_OF_WORLD.encode())
    shutil.copyfile(package / "LICENSE", FOLDER / "LICENSE-flag-icons.txt")


def _write(actor: str, drawing: bytes) -> None:
    target = FOLDER / f"{actor.lower()}.png"
    cairosvg.svg2png(bytestring=drawing, write_to=str(target), output_width=WIDTH, output_height=HEIGHT)


if __name__ == "__main__":
    make_flags(Path(sys.argv[1]))
