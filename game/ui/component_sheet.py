"""The component sheet: every part of the visual language on one screen, for snapshots and for comparing by eye."""

from __future__ import annotations

import pygame

from game.ui import format as fmt
from game.ui import shape, text, theme
from game.ui.chart.bar import Bar, BarList, CauseStrip, Gauge, Step, Waterfall
from game.ui.chart.chain import ChainChart, Part, Ribbon, Stage
from game.ui.chart.line_chart import Band, LineChart, Mark, Series
from game.ui.chart.ticker import Ticker
from game.ui.icons import icon_names
from game.ui.screen import Screen
from game.ui.theme import px, type_px
from game.ui.tip import Cause, Number, Tip, number
from game.ui.toast import Toast
from game.ui.tooltip import TipCard
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Change, Flag, KeyCap, MineralChip, Pill
from game.ui.widgets.choice import Choice, Segmented, Toggle
from game.ui.widgets.label import Icon, Label, caption, heading
from game.ui.widgets.layout import Column, Divider, Grid, Row, Spacer, Wrap
from game.ui.widgets.panel import Panel
from game.ui.widgets.progress import Progress
from game.ui.widgets.select import Item, Select
from game.ui.widgets.slider import Slider, Stepper
from game.ui.widgets.table import Heading, Line, Table
from game.ui.widgets.text_field import TextField

EXAMPLE = "example of the component sheet"


def _figure(value: float, unit: str, *, signed: bool = False, better: int = 1) -> Number:
    return number(
        value, unit, title="Example", meaning="A figure to look at", source=EXAMPLE, signed=signed, better=better
    )


class Swatch(Widget):
    """A field of one colour."""

    def __init__(self, color: theme.Color, *, border: theme.Color | None = theme.LINE, height: float = 24) -> None:
        super().__init__(height=height)
        self.color, self.border = color, border

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        shape.box(surface, area, self.color, self.border, px(theme.RADIUS_SMALL))


class Ramp(Widget):
    """The steps of a ramp side by side."""

    def __init__(self, name: str) -> None:
        super().__init__(height=16, grow=1)
        self.steps = theme.RAMPS[name]

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        wide = area.width / len(self.steps)
        for place, color in enumerate(self.steps):
            part = pygame.Rect(area.x + round(place * wide), area.y, round(wide) - 1, area.height)
            shape.box(surface, part, color, None, px(2))


class Specimen(Widget):
    """A line of type at a size and weight."""

    def __init__(self, words: str, size: float, weight: int, tone: str = "high") -> None:
        super().__init__()
        self.words, self.size, self.weight, self.tone = words, size, weight, tone
        self.tip = Tip(words, meaning="A specimen of type", unit="reference pixels", source=EXAMPLE)

    def measure(self, width: int) -> tuple[int, int]:
        pixels = type_px(self.size)
        return min(width, text.width(self.words, pixels, self.weight)), text.line_height(pixels)

    def draw(self, surface: pygame.Surface, area: pygame.Rect) -> None:
        self.write(surface, self.words, area, self.size, self.weight, theme.tone(self.tone))


def _section(title: str, *body: Widget, gap: float = 10) -> Column:
    return Column(Label(title, weight=theme.SEMIBOLD, tone="accent"), *body, gap=gap)


def _code(color: theme.Color) -> Label:
    code = f"#{color[0]:02X}{color[1]:02X}{color[2]:02X}"
    return caption(code[1:], tip=Tip(code, meaning="A colour of the theme", unit="sRGB", source="theme.py"))


class ComponentSheet(Screen):
    """Everything at rest, hovered, pressed, focused and disabled."""

    def build(self, size: tuple[int, int]) -> Widget:
        columns = Row(self._left(), self._middle(), self._right(), gap=56, align="start", grow=1)
        head = Row(heading("Chokepoint component sheet"), Spacer(), caption("All sizes scale with the UI factor"))
        return Column(head, Divider(), columns, pad=(32, 20), gap=14)

    def _left(self) -> Column:
        return Column(
            self._surfaces(), self._status(), self._minerals(), self._ramps(), self._type(), gap=18, width=580
        )

    def _surfaces(self) -> Column:
        names = ("WINDOW", "SEA", "BAR", "PANEL", "CARD", "CONTROL", "PRESSED", "LINE", "LINE_STRONG", "LAND")
        cells = []
        for name in names:
            color = getattr(theme, name)
            words = name.lower().replace("_", " ")
            cells.append(Column(Swatch(color, border=theme.LINE_STRONG), caption(words, "text"), _code(color), gap=1))
        inks = [
            Row(Label(tone, tone=tone, weight=theme.SEMIBOLD), _code(theme.tone(tone)), gap=8)
            for tone in ("high", "text", "mid", "low")
        ]
        return _section("Surfaces and text", Grid(*cells, columns=5), Wrap(*inks, gap=18))

    def _status(self) -> Column:
        marks = (("accent", "target"), ("good", "trend_up"), ("warn", "warning"), ("bad", "trend_down"))
        cells = []
        for tone, icon in marks:
            face = Row(
                Icon(icon, tone="ink"),
                Label(tone, tone="ink", weight=theme.SEMIBOLD),
                pad=(14, 8), fill=theme.tone(tone), height=40,
            )  # fmt: skip
            cells.append(Column(face, _code(theme.tone(tone)), gap=2))
        return _section("Status and accent: always with a sign, arrow or icon", Grid(*cells, columns=4))

    def _minerals(self) -> Column:
        cells = []
        for mineral, color in theme.MINERAL_COLORS.items():
            name = caption("REE" if mineral == "rare_earths" else mineral.partition("_")[0].capitalize(), "text")
            cells.append(Row(MineralChip(mineral, size=30), Column(name, _code(color), gap=0, grow=1), gap=6))
        return _section("Minerals: colour plus symbol, never colour alone", Grid(*cells, columns=5, gap=6))

    def _ramps(self) -> Column:
        ends = {
            "dependency": "low to high",
            "production": "low to high",
            "standing": "hostile to ally",
            "governance": "weak to strong",
        }
        rows = [
            Row(caption(name.capitalize(), "text", width=112), Ramp(name), caption(words, width=120))
            for name, words in ends.items()
        ]
        return _section("Map ramps", *rows, gap=8)

    def _type(self) -> Column:
        left = Column(
            Specimen("Hero 48/600", theme.HERO, theme.SEMIBOLD),
            Specimen("Display 32/600", theme.DISPLAY, theme.SEMIBOLD),
            Specimen("Title 24/600", theme.TITLE, theme.SEMIBOLD),
            gap=2, align="start", grow=1,
        )  # fmt: skip
        right = Column(
            Specimen("Value 20/600  12,400", theme.VALUE, theme.SEMIBOLD),
            Specimen("Section 16/600", theme.BODY, theme.SEMIBOLD),
            Specimen("Body 16/400", theme.BODY, theme.REGULAR, "text"),
            Specimen("Caption 14/400, the smallest", theme.CAPTION, theme.REGULAR, "mid"),
            gap=6, align="start",
        )  # fmt: skip
        return _section("Type: IBM Plex Sans, tabular figures", Row(left, right, align="start"), gap=4)

    def _middle(self) -> Column:
        return Column(self._buttons(), self._inputs(), self._rows(), self._notices(), gap=18, width=664)

    def _buttons(self) -> Column:
        states = ("Rest", "Hover", "Pressed", "Selected", "Disabled")
        rows: list[Widget] = [Row(caption("", width=96), *(caption(s, grow=1, align="center") for s in states), gap=16)]
        for kind in ("primary", "secondary", "ghost", "danger"):
            buttons = []
            for state in states:
                button = Button("Label", f"{kind}.{state}", kind=kind, grow=1, selected=state == "Selected")
                button.heat = 1.0 if state == "Hover" else 0.0
                button.pressed = state == "Pressed"
                if state == "Disabled":
                    button.enabled, button.reason = False, "Because this is the disabled one"
                buttons.append(button)
            rows.append(Row(caption(kind.capitalize(), "text", width=96), *buttons, gap=16))
        return _section("Buttons", *rows, gap=10)

    def _inputs(self) -> Column:
        def show(value: float) -> Number:
            return _figure(value, "count")

        first = Row(
            Slider(24, 0, 40, 1, id="slider", grow=1),
            Label(_figure(24000, "t"), weight=theme.SEMIBOLD, tone="high"),
            Stepper(3, 0, 8, 1, show, id="stepper", width=140),
            Toggle(True, id="toggle.on"),
            Toggle(False, id="toggle.off"),
            gap=20,
        )
        items = [
            Item("JPN", "Japan", nation="JPN"),
            Item("KOR", "South Korea", nation="KOR"),
            Item("CHL", "Chile", nation="CHL"),
        ]
        field = TextField("COPPER-48", "field", grow=1)
        field.tip = Tip("Seed", meaning="The word that fixes chance", unit="text", source=EXAMPLE)
        second = Row(
            Segmented([("none", "None"), ("own", "Self"), ("full", "Full")], "own", lambda key: None, id="segments"),
            Select(items, "JPN", lambda key: None, id="select", width=190),
            field,
            gap=16,
        )
        return _section("Slider, stepper, toggle, segments, list, field", first, second, gap=12)

    def _rows(self) -> Column:
        rows = []
        sample = (("NOR", "Norway", 0.9), ("ZMB", "Zambia", 0.7), ("COD", "DR Congo", 1.0), ("CAN", "Canada", 0.55))
        for place, (nation, name, share) in enumerate((*sample, ("CHN", "China", 0.62))):
            is_short = nation == "CHN"
            content = Row(
                Flag(nation, size=20),
                Label(name, grow=1),
                MineralChip("cobalt", size=24),
                Label(_figure(9800, "t"), weight=theme.SEMIBOLD, tone="high", width=90, align="right"),
                Progress(share, "bad" if is_short else "good", short=is_short, width=180),
                Label(_figure(share, "share"), weight=theme.SEMIBOLD, tone="high", width=64, align="right"),
                gap=16,
            )
            row = Choice(content, f"row.{nation}", selected=place == 2, pad=(14, 0), height=40, on_press=lambda: None)
            row.heat = 1.0 if place == 1 else 0.0
            rows.append(row)
        return _section("Rows: rest, hover, selected, short", Column(*rows, gap=4, group=True))

    def _notices(self) -> Column:
        toasts = Column(
            Toast("Contract with Zambia signed", "good"),
            Toast("Gallium stock is running low", "warn"),
            Toast("Port strike stops copper", "bad"),
            gap=8, width=350,
        )  # fmt: skip
        pills = Wrap(
            Pill("Ally", "good"), Pill("spot", "warn"), Pill("High risk", "bad"), Pill("Offtake", icon="contract")
        )
        keys = Wrap(*(KeyCap(key) for key in ("Enter", "Esc", "Ctrl Z", "F1", "T")))
        changes = Wrap(
            Change(_figure(3.4, "points", signed=True), size=16),
            Change(_figure(11.8, "percent", signed=True, better=-1), size=16),
            Change(_figure(-2.0, "points", signed=True), size=16),
            gap=20,
        )
        return _section("Toasts, pills, keys", Row(toasts, Column(pills, keys, changes, gap=16, grow=1), gap=24))

    def _right(self) -> Column:
        tip = Tip(
            "Supply security",
            "62 of 100",
            "Demand met if any one supplier stops",
            "of 100",
            (
                Cause("Last turn", 65, "65", "high"),
                Cause("Cobalt: quota announced", -4),
                Cause("Rare earths: licence delays", -2),
                Cause("Gallium stock at 41 days", 2),
                Cause("Lobito Corridor, 2 trains a week", 1),
            ),
            EXAMPLE,
            (("Model notes", "F1"),),
        )
        card = TipCard(tip)
        card.tip = tip
        return Column(_section("Tooltip: value and causes", card), self._icons(), gap=24, grow=1)

    def _icons(self) -> Column:
        return _section("Icons", Wrap(*(Icon(name, size=20, tone="text") for name in icon_names()), gap=12))


class ChartSheet(Screen):
    """Every chart, the table and the surfaces they stand on."""

    def build(self, size: tuple[int, int]) -> Widget:
        upper = Row(self._line_panel(), self._waterfall_panel(), gap=16, align="stretch", grow=1)
        lower = Row(self._chain_panel(), self._supplier_panel(), self._stock_panel(), gap=16, align="stretch", grow=1)
        return Column(self._tickers(), upper, lower, pad=16, gap=16)

    def _tickers(self) -> Grid:
        names = ("Lithium", "Cobalt", "Nickel", "Copper", "Rare earths", "Graphite", "Silicon", "Platinum group")
        cells = []
        for place, (name, mineral) in enumerate(zip(names, theme.MINERAL_COLORS, strict=False)):
            wave = [10 + ((place + 2) * i * 37 % 17) / 4 + i for i in range(20)]
            change = _figure((place - 3) * 1.3, "percent", signed=True, better=-1)
            price = _figure(1200.0 * (place + 1) ** 2, "usd_per_t").shown_as(f"{1200 * (place + 1) ** 2:,}")
            cells.append(Ticker(mineral, name, "$/t", price, change, wave, selected=place == 1, on_press=lambda: None))
        return Grid(*cells, columns=8, group=True, id="tickers")

    def _line_panel(self) -> Panel:
        past = tuple(range(2014, 2026))
        price = (28.0, 29, 26, 56, 81, 33, 31, 52, 64, 34, 26, 33)
        ahead = tuple(range(2025, 2033))
        plan = (33.0, 36, 38, 37, 35, 33, 31, 30)
        none = (33.0, 41, 50, 57, 62, 66, 68, 70)
        spread = [0.0, 3, 6, 9, 11, 13, 15, 16]

        def band(values: tuple[float, ...], factor: float) -> Band:
            low = tuple(v - s * factor for v, s in zip(values, spread, strict=True))
            return Band(low, tuple(v + s * factor for v, s in zip(values, spread, strict=True)), 45)

        series = [
            Series("Without it", ahead, none, theme.MINERAL_COLORS["copper"], True, (band(none, 2), band(none, 1))),
            Series("With your plan", ahead, plan, theme.ACCENT, False, (band(plan, 2), band(plan, 1))),
            Series("Price", past, price, theme.HIGH),
        ]
        chart = LineChart(
            series,
            Tip("Cobalt price", meaning="Yearly mean", unit="thousand US$ a tonne", source=EXAMPLE),
            x_label=lambda x: f"{x:.0f}",
            y_label=fmt.plain,
            x_ticks=range(2014, 2033, 2),
            marks=[Mark(2018, 81, "Battery boom"), Mark(2024, 26, "Export stop follows", above=False)],
            now=2025,
            grow=1,
        )
        chart.cross = 2030
        return Panel(chart, title="Price and forecast", icon="chart", meta="thousand $/t", grow=2)

    def _waterfall_panel(self) -> Panel:
        def step(label: str, value: float, signed: bool = True) -> Step:
            figure = _figure(value, "usd_per_t", signed=signed, better=-1)
            return Step(label, figure.shown_as(figure.text.removesuffix("$/t").rstrip()))

        steps = [step("Kinshasa announced a quota", 3900), step("EV demand growth", 1450), step("Red Sea freight", 820)]
        steps += [step("Your stockpile buying", 310), step("Indonesian output up", -1180)]
        chart = Waterfall(step("Before", 46780, False), steps, step("Now", 52080, False), grow=1)
        return Panel(chart, title="Why the price moved", icon="causes", meta="$/t", grow=1)

    def _chain_panel(self) -> Panel:
        def stage(title: str, shares: tuple[tuple[str, float, int], ...]) -> Stage:
            parts = tuple(
                Part(name, name, share, _figure(share, "share"), theme.SERIES[color]) for name, share, color in shares
            )
            return Stage(title, _figure(shares[0][1], "share").toned("bad"), parts)

        stages = [
            stage("Mined", (("DR Congo", 0.76, 1), ("Indonesia", 0.1, 3), ("Other", 0.14, 6))),
            stage("Refined", (("China", 0.78, 2), ("EU", 0.1, 0), ("Other", 0.12, 6))),
        ]
        ribbons = [
            Ribbon(0, "DR Congo", "China", 0.68, 0.68),
            Ribbon(0, "Indonesia", "China", 0.1, 0.1),
            Ribbon(0, "DR Congo", "EU", 0.08, 0.08, highlighted=True),
        ]
        strip = CauseStrip([Cause("quota", -4), Cause("licences", -2), Cause("stock", 2), Cause("rail", 1)], 8)
        chart = ChainChart(stages, ribbons, grow=1)
        return Panel(chart, strip, title="Who does what along the chain", icon="chain", grow=1)

    def _supplier_panel(self) -> Panel:
        rows = (("CHN", "China", 0.44), ("COD", "DR Congo", 0.31), ("NOR", "Norway", 0.06), ("ZMB", "Zambia", 0.06))
        bars = [
            Bar(name, share, _figure(share, "share"), marker=share - 0.03, nation=nation)
            for nation, name, share in rows
        ]
        shares = BarList(
            bars, color=theme.MINERAL_COLORS["cobalt"], full=0.8, limit=0.65, limit_label=_figure(0.65, "share"),
            label_width=150,
        )  # fmt: skip
        lines = [
            Line(
                nation, (Row(Flag(nation, size=18), Label(name)), _figure(share * 30000, "t"), _figure(share, "share"))
            )
            for nation, name, share in rows
        ]
        headings = [Heading("Supplier"), Heading("Mass", 90, "right"), Heading("Share", 70, "right")]
        table = Table(headings, lines, id="suppliers", sorted_by=2, on_press=lambda key: None, grow=1, row_height=36)
        return Panel(shares, Divider(), table, title="Your suppliers", icon="suppliers", meta="refined", grow=1)

    def _stock_panel(self) -> Panel:
        gauge = Gauge(_figure(34, "count"), "days", 0.38, tone="warn", target=0.66, target_label=_figure(60, "count"))
        sectors = []
        for name, days, tone in (
            ("EV batteries", 21, "bad"),
            ("Aerospace alloys", 88, "good"),
            ("Hard metals", 46, "warn"),
        ):
            head = Row(
                caption(name, "text", grow=1), Label(_figure(days, "days"), size=14, weight=theme.SEMIBOLD, tone="high")
            )
            sectors.append(Column(head, Progress(days / 90, tone, marker=0.66), gap=0))
        marks = tuple((float(v), _figure(v, "count")) for v in (0, 30, 60, 90))
        target = Slider(60, 0, 90, 1, id="target", marks=marks)
        foot = Row(
            Button("Add order: fill to target", "add", kind="primary", icon="plus", key="A", grow=1),
            Button("Release stock", "release", icon="release"),
        )
        return Panel(
            Row(gauge, Column(*sectors, grow=1), gap=16), Divider(), target, Spacer(), foot,
            title="Your stockpile", icon="stockpile", grow=1,
        )  # fmt: skip
