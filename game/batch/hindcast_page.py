"""The hindcast as a page of plots: HTML with its pictures inside, readable without a network."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from html import escape

from game.batch.hindcast import Hindcast, total_line
from game.batch.hindcast_check import Check, Outcome, observed_points, observed_turns
from game.batch.hindcast_course import MONTHS_PER_TURN
from game.text import _

WIDTH, HEIGHT = 560, 260
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 12, 34
TICKS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)

_STYLE = """
:root{--ink:#1c2730;--paper:#fbfaf7;--faint:#8a949c;--line:#d9d6cf;--model:#0b6e8a;--home:#7a5aa6;--seen:#c2571a;
--band:#c2571a22;--good:#23774a;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e6e3dc;--paper:#14191e;--faint:#8a949c;--line:#2c343b;--model:#58bcd8;
--home:#b79be0;--seen:#f0965a;--band:#f0965a26;--good:#62c48d;--bad:#f2877f}}
body{background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1180px;
padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.05rem;margin:0}.grid{display:grid;gap:1.4rem 2rem;
grid-template-columns:repeat(auto-fill,minmax(min(100%,540px),1fr))}
section{border-top:1px solid var(--line);padding-top:.8rem}p{margin:.3rem 0}
.note{color:var(--faint);font-size:.85rem}svg{width:100%;height:auto}text{fill:var(--faint);font-size:11px}
table{border-collapse:collapse;font-size:.85rem;width:100%}td{padding:.12rem .6rem .12rem 0}
td.n{text-align:right;font-variant-numeric:tabular-nums}.good{color:var(--good)}.bad{color:var(--bad)}
.key span{margin-right:1.2rem}.dot{color:var(--seen)}.model{color:var(--model)}.home{color:var(--home)}
"""


def page(result: Hindcast) -> str:
    """The whole page."""
    intro = _(
        "Each panel is one historical episode run through the game's economy with one set of parameters. Prices are "
        "multiples of the price before the start, on a logarithmic scale; the model moves in half-years."
    )
    key = (
        f'<p class="key"><span class="model">━ {_("model, half-year mean")}</span>'
        f'<span class="home">╌ {_("model, inside the acting nation")}</span>'
        f'<span class="dot">● {_("observed, month")}</span>'
        f'<span class="dot">▒ {_("accepted for the extreme")}</span></p>'
    )
    panels = "".join(_panel(outcome, result.of(outcome.episode.id)) for outcome in result.outcomes)
    title = _("Hindcast")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<h1>{title}: {escape(total_line(result))}</h1><p>{intro}</p>{key}"
        f'<div class="grid">{panels}</div></body></html>'
    )


def _panel(outcome: Outcome, found: Sequence[Check]) -> str:
    episode = outcome.episode
    rows = "".join(
        f'<tr><td>{escape(c.metric)}</td><td class="n">{c.model:.3g}</td><td class="n">{c.low:g} – {c.high:g}</td>'
        f'<td class="{"good" if c.inside else "bad"}">{_("inside") if c.inside else _("outside")}</td></tr>'
        for c in found
    )
    return (
        f"<section><h2>{escape(episode.id)}</h2>"
        f'<p class="note">{escape(episode.mineral)}, {_("from {start}", start=episode.start)} · '
        f"{escape(episode.observed.series)}</p>{_plot(outcome, found)}<table>{rows}</table>"
        f'<p class="note">{escape(episode.story)}</p></section>'
    )


def _plot(outcome: Outcome, found: Sequence[Check]) -> str:
    turns = min(max(observed_turns(outcome.episode) + 2, 8), len(outcome.price) - 1)
    months = turns * MONTHS_PER_TURN
    points = [(month, ratio) for month, ratio in observed_points(outcome.episode) if month <= months]
    band = next((c for c in found if c.metric in ("peak_ratio", "trough_ratio")), None)
    values = [*outcome.price[1 : turns + 1], *(ratio for _month, ratio in points), 1.0]
    values += [end for end in (band.low, band.high) if math.isfinite(end) and end > 0] if band else []
    apart = bool(abs(outcome.home_price / outcome.price - 1.0).max() > 0.05)
    values += [*outcome.home_price[1 : turns + 1]] if apart else []
    low, high = math.log(min(values) / 1.15), math.log(max(values) * 1.15)

    def x(month: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * month / months

    def y(ratio: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - math.log(ratio)) / (high - low)

    parts = []
    if band:
        top = y(band.high) if math.isfinite(band.high) else TOP
        bottom = y(band.low) if math.isfinite(band.low) and band.low > 0 else HEIGHT - BOTTOM
        size = f'width="{WIDTH - LEFT - RIGHT}" height="{bottom - top:.1f}"'
        parts.append(f'<rect x="{LEFT}" y="{top:.1f}" {size} fill="var(--band)"/>')
    for tick in TICKS:
        if low <= math.log(tick) <= high:
            stroke = "var(--faint)" if tick == 1 else "var(--line)"
            parts.append(f'<path d="M{LEFT} {y(tick):.1f}H{WIDTH - RIGHT}" stroke="{stroke}" fill="none"/>')
            parts.append(f'<text x="{LEFT - 6}" y="{y(tick) + 4:.1f}" text-anchor="end">×{tick:g}</text>')
    step = 12 if months <= 72 else 24
    for month in range(0, months + 1, step):
        parts.append(f'<text x="{x(month):.1f}" y="{HEIGHT - 14}" text-anchor="middle">{month}</text>')
    parts.append(f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 1}" text-anchor="end">{_("months after the start")}</text>')
    if apart:
        parts.append(_steps(outcome.home_price[1 : turns + 1], x, y, 'stroke="var(--home)" stroke-dasharray="5 4"'))
    parts.append(_steps(outcome.price[1 : turns + 1], x, y, 'stroke="var(--model)"'))
    parts += [f'<circle cx="{x(m):.1f}" cy="{y(r):.1f}" r="4" fill="var(--seen)"/>' for m, r in points]
    label = escape(_("price path of {episode}", episode=outcome.episode.id))
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{"".join(parts)}</svg>'


def _steps(path: Iterable[float], x: Callable[[float], float], y: Callable[[float], float], style: str) -> str:
    """A line that holds each half-year's price for its six months."""
    line = [f"M{x(0):.1f} {y(1.0):.1f}"]
    for turn, ratio in enumerate(path):
        line.append(f"V{y(ratio):.1f}H{x(MONTHS_PER_TURN * (turn + 1)):.1f}")
    return f'<path d="{"".join(line)}" fill="none" stroke-width="2.2" {style}/>'
