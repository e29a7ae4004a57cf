"""The form of an order: questions generated from its fields, and live what the answers come to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from game.rules.form import FormField
from game.text import _
from game.ui import theme
from game.ui.screens.order_fan import FAN_WIDTH, fan_column
from game.ui.screens.session import Session
from game.ui.tip import Number
from game.ui.view_model.effect import EffectModel, effect
from game.ui.view_model.fan import FanState, order_turns
from game.ui.view_model.inbox import words_number
from game.ui.view_model.order_form import FormModel, answer_number, group_title, order_form
from game.ui.widgets.base import Widget
from game.ui.widgets.button import Button
from game.ui.widgets.chip import Flag, MineralChip, Pill
from game.ui.widgets.choice import Choice, Radio, Segmented
from game.ui.widgets.dialog import Dialog
from game.ui.widgets.label import Icon, Label, caption
from game.ui.widgets.layout import Column, Divider, Row, Scroll, Spacer, Wrap
from game.ui.widgets.panel import Card
from game.ui.widgets.select import Item, Select
from game.ui.widgets.slider import Slider, Stepper
from game.ui.widgets.text_field import Bounds, TextField

if TYPE_CHECKING:
    from game.ui.fan import Fans
    from game.ui.window import Window

WIDTH, NARROW = 1020, 640  # with the futures beside the form, or below it where there is no room
EFFECT_HEIGHT = 186
MOST_SEGMENTS = 3
MOST_STEPS = 12
AMOUNT_STEPS = 200
MARK_WIDGETS = ("mineral", "nation")


class OrderDialog:
    """Opens and keeps up to date the dialog of one order being written.

    `on_given` is called after the order was accepted, `on_closed` when the form was closed without.
    """

    def __init__(
        self,
        window: Window,
        session: Session,
        fans: Fans,
        kind: str,
        answers: dict[str, Any],
        on_given: Callable[[], None],
        on_closed: Callable[[], None],
    ) -> None:
        self.window, self.session, self.fans, self.kind = window, session, fans, kind
        self.on_given, self.on_closed = on_given, on_closed
        self.answers = dict(answers)
        self.model = order_form(session.scene, kind, self.answers)
        self._labels: dict[str, Label] = {}
        self._fields = Column(gap=14)
        self._summary = Column(gap=10)
        self._effect = Column(id="expected", gap=4, height=EFFECT_HEIGHT)
        self._futures = Column(id="futures", gap=10, width=FAN_WIDTH)
        self._give = Button(
            _("Give order"), "give_order", kind="primary", icon="check", key="Enter", on_press=self.give
        )

    def open(self) -> None:
        """Show the dialog."""
        self._ask()
        self._sum_up()
        model = self.model
        meta = caption(group_title(model.group))
        body = Column(
            Label(model.summary, wrap=True, tone="mid"), self._fields, Divider(), self._summary, self._effect, gap=14
        )
        cancel = Button(_("Cancel"), "cancel_order", key="Esc", on_press=self.close)
        is_wide = self.window.size[0] >= theme.px(WIDTH + 2 * theme.PAD_WIDE)
        if is_wide:
            both: Widget = Row(Scroll(body, "order_form", grow=1), self._futures, gap=24, align="stretch")
        else:
            self._futures.fixed_width = None
            body.add(Divider(), self._futures)
            both = Scroll(body, "order_form", grow=1)
        self.dialog = Dialog(
            model.title, meta, both, actions=[self._give, cancel],
            on_cancel=self.close, icon=model.icon, width=WIDTH if is_wide else NARROW, id="order_dialog",
        )  # fmt: skip
        self.window.open_dialog(self.dialog)

    def close(self) -> None:
        """Give no order."""
        self.window.close_dialog()
        self.on_closed()

    def give(self) -> None:
        """Submit the order; what is in the way is shown."""
        if self.model.order is None:
            return
        problems = self.session.submit(self.model.order)
        if problems:
            self._sum_up()
            return
        self.window.close_dialog()
        self.on_given()

    # What it would change -----------------------------------------------------------------------------------

    def _preview(self) -> None:
        """Ask for the futures with and without the order; an answer changed meanwhile asks for others."""
        order = self.model.order if self.model.may_be_given else None
        if order is None:
            self.fans.drop()
            self._effect.replace_children()
            self._futures.replace_children(caption(_("No forecast while something is in the way."), wrap=True))
            return
        scene = self.session.scene
        given = scene.match.orders(scene.seat)
        plans = [given, [*given, order]]
        self._show_futures(self.fans.ask(scene, plans, order_turns(scene, order), self._on_fan))

    def _on_fan(self) -> None:
        if self.dialog in self.window.dialogs:
            self._show_futures(self.fans.state())

    def _show_futures(self, state: FanState) -> None:
        """What is known of the futures by now; an order whose futures cannot be computed can be given all the same."""
        order = self.model.order
        model = effect(self.session.scene, order, state) if order is not None else None
        self._effect.replace_children(*(_effect_rows(model) if model is not None and model.rows else []))
        self._futures.replace_children(*fan_column(model, state))

    # Answers ------------------------------------------------------------------------------------------------

    def _choose(self, name: str, value: Any) -> None:
        """A choice that may change the other questions: they are asked anew, amounts proposed anew."""
        self.answers[name] = value
        amounts = [field.name for field in self.model.fields if field.widget == "amount"]
        for amount in amounts:
            self.answers.pop(amount, None)
        self._judge()
        self._ask()

    def _set(self, name: str, value: float) -> None:
        """A number that changes no other question."""
        field = next(field for field in self.model.fields if field.name == name)
        self.answers[name] = round(value) if field.is_whole else value
        if name in self._labels:
            self._labels[name].set(answer_number(field, self.answers[name]))
        self._judge()

    def _judge(self) -> None:
        self.model = order_form(self.session.scene, self.kind, self.answers)
        self._sum_up()

    # Questions ----------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._labels = {}
        questions = [self._question(field) for field in self.model.fields if self._applies(field)]
        self._fields.replace_children(*questions)

    def _applies(self, field: FormField) -> bool:
        """Whether a question matters under the answers so far."""
        values = self.model.values
        if self.kind == "answer" and field.name in ("change", "value"):
            return values.get("reply") == "counter"
        if self.kind == "set_import_terms" and field.name in ("tariff", "level"):
            return values.get("terms") == {"tariff": "tariff", "level": "standard"}[field.name]
        if field.name == "price_rule.percent":
            return values.get("price_rule.rule") == "fixed"
        if field.widget == "treaty":
            return len(field.choices) > 1
        return True

    def _question(self, field: FormField) -> Widget:
        build = {
            "mineral": self._mineral, "nation": self._nation, "nations": self._nations, "choice": self._choice,
            "treaty": self._choice, "product": self._choice, "corridor": self._choice, "offer": self._cards,
            "contract": self._cards,
        }.get(field.widget, self._number)  # fmt: skip
        return build(field)

    def _titled(self, field: FormField, answer: Widget, *right: Widget) -> Column:
        head = Row(Label(field.title, weight=theme.MEDIUM, tone="high"), Spacer(), *right)
        return Column(head, answer, gap=6)

    def _mineral(self, field: FormField) -> Widget:
        chosen = self.model.values.get(field.name)
        chips = [
            MineralChip(key, f"{field.name}.{key}", size=36, selected=key == chosen,
                        on_press=partial(self._choose, field.name, key))
            for key, _title in field.choices
        ]  # fmt: skip
        name = self.session.scene.name(str(chosen))
        return self._titled(field, Wrap(*chips, gap=8, group=True, id=field.name), Label(name, weight=theme.SEMIBOLD))

    def _nation(self, field: FormField) -> Widget:
        items = [Item(str(key), title, nation=str(key)) for key, title in sorted(field.choices, key=lambda c: c[1])]
        chosen = str(self.model.values.get(field.name) or "")
        return self._titled(field, Select(items, chosen, partial(self._choose, field.name), id=field.name))

    def _nations(self, field: FormField) -> Widget:
        named = tuple(self.model.values.get(field.name) or ())
        items = [Item("", _("Name a nation …"), icon="plus")]
        items += [Item(str(k), title, nation=str(k)) for k, title in sorted(field.choices, key=lambda c: c[1])
                  if k not in named]  # fmt: skip
        pills: list[Widget] = [
            Row(
                Flag(nation, size=16),
                Pill(self.session.scene.name(nation), id=f"{field.name}.{nation}", icon="close",
                     on_press=partial(self._name_nation, field.name, nation, False)), gap=6,
            )
            for nation in named
        ]  # fmt: skip
        if not pills:
            pills = [caption(field.hint.capitalize() or _("Everybody"))]
        add = Select(items, "", partial(self._name_nation, field.name, is_named=True), id=field.name)
        return self._titled(field, Column(Wrap(*pills, gap=8), add, gap=8))

    def _name_nation(self, name: str, nation: str, is_named: bool = True) -> None:
        named = [known for known in self.model.values.get(name) or () if known != nation]
        if is_named and nation:
            named.append(nation)
        self._choose(name, tuple(named))

    def _choice(self, field: FormField) -> Widget:
        chosen = self.model.values.get(field.name)
        by_key = {str(value): value for value, _title in field.choices}

        def choose(key: str) -> None:
            self._choose(field.name, by_key[key])

        is_short = len(field.choices) <= MOST_SEGMENTS and all(len(title) < 30 for _value, title in field.choices)
        if not field.choices:
            return self._titled(field, caption(_("Nothing to choose from.")))
        if is_short and len(field.choices) > 1:
            options = [(str(value), title) for value, title in field.choices]
            return self._titled(field, Segmented(options, str(chosen), choose, id=field.name))
        items = [Item(str(value), title) for value, title in field.choices]
        tip = answer_number(field, 0.0).tip
        return self._titled(field, Select(items, str(chosen), choose, id=field.name, tip=tip))

    def _cards(self, field: FormField) -> Widget:
        """Offers and contracts: sentences, each on a card of its own."""
        chosen = self.model.values.get(field.name)
        rows: list[Widget] = []
        for value, title in field.choices:
            tip = words_number(title, field.title, _("An offer or contract in its own words."), "contract_t").tip
            face = Row(Radio(value == chosen), Label(title, wrap=True, size=theme.CAPTION, grow=1, tip=tip), gap=12)
            rows.append(
                Choice(
                    face, f"{field.name}.{value}", selected=value == chosen,
                    on_press=partial(self._choose, field.name, value),
                )
            )  # fmt: skip
        return self._titled(field, Column(*(rows or [caption(_("Nothing to choose from."))]), gap=6, group=True))

    def _number(self, field: FormField) -> Widget:
        value = float(self.model.values.get(field.name) or 0.0)
        if field.widget == "amount":
            return self._amount(field, value)
        shown = Label(answer_number(field, value), weight=theme.SEMIBOLD, tone="high")
        if field.is_whole and field.step and (field.high - field.low) / field.step <= MOST_STEPS:
            stepper = Stepper(value, field.low, field.high, field.step, partial(answer_number, field), id=field.name,
                              on_change=partial(self._set, field.name))  # fmt: skip
            return self._titled(field, stepper)
        self._labels[field.name] = shown
        slider = Slider(value, field.low, field.high, field.step or (field.high - field.low) / AMOUNT_STEPS,
                        id=field.name, on_change=partial(self._set, field.name))  # fmt: skip
        return self._titled(field, slider, shown)

    def _amount(self, field: FormField, value: float) -> Widget:
        if field.high <= field.low and self.kind != "answer":
            return self._titled(field, caption(_("Nothing is possible here; the reason stands below."), tone="warn"))
        shown = Label(answer_number(field, value), weight=theme.SEMIBOLD, tone="high")
        self._labels[field.name] = shown
        high = field.high if field.high > field.low else max(10.0 * value, 200.0)
        decimals = 2 if high < 100 else 0
        suffix = field.unit if len(field.unit) < 12 else ""

        def typed(_text: str) -> None:
            if box.value is not None:
                self._set(field.name, box.value)

        box = TextField(
            f"{value:.{decimals}f}",
            field.name,
            on_change=typed,
            on_submit=lambda _text: self.give(),
            suffix=suffix,
            tip=answer_number(field, value).tip,
            bounds=Bounds(0.0 if self.kind == "answer" else field.low, high, decimals),
            width=230,
        )

        def slid(amount: float) -> None:
            box.content = f"{amount:.{decimals}f}"
            box.caret = len(box.content)
            box.invalidate()
            self._set(field.name, float(box.content))

        slider = Slider(value, field.low, high, (high - field.low) / AMOUNT_STEPS, id=f"{field.name}.slider",
                        on_change=slid, grow=1)  # fmt: skip
        return self._titled(field, Row(box, slider, gap=16), shown)

    # Summary ------------------------------------------------------------------------------------------------

    def _sum_up(self) -> None:
        self._summary.replace_children(*_summary(self.model))
        self._give.enabled = self.model.may_be_given
        self._give.reason = "; ".join(str(problem.what) for problem in self.model.problems)
        self._give.invalidate()
        self._preview()


def _summary(model: FormModel) -> list[Widget]:
    rows: list[Widget] = []
    if model.effect is not None:
        rows.append(sentence(model.effect, "high"))
    for words, figure in ((_("Public money"), model.money), (_("Political capital"), model.capital),
                          (_("Takes effect"), model.lead)):  # fmt: skip
        if figure is not None:
            rows.append(Row(Label(words), Spacer(), Label(figure, weight=theme.SEMIBOLD, tone="high"), height=26))
    if model.objects:
        who = _("Against it: {who}.", who="; ".join(model.objects))
        words = words_number(
            who, _("Who objects"), _("Who loses by it, with what they traded last turn."), "refined_flow_t"
        )
        line = sentence(words, "text", theme.CAPTION)
        line.grow = 1
        rows.append(Row(Icon("people", tone="warn"), line, gap=10, align="start"))
    if model.is_late:
        rows.append(_refusal(_("the level ends before this order shows"), _("choose something with a shorter lead")))
    for problem in model.problems:
        rows.append(_refusal(problem.what, problem.hint))
    return rows


def _effect_rows(model: EffectModel) -> list[Widget]:
    head = Row(Label([_("Expected by the end of "), model.date], weight=theme.MEDIUM, tone="high"), Spacer(),
               caption(_("others by habit")), height=24)  # fmt: skip
    rows: list[Widget] = [
        Row(
            caption(row.words, "text", tip=row.with_it.tip),
            Spacer(),
            Label(row.without, size=theme.CAPTION, tone="mid"),
            Icon("arrow_right", size=14),
            Label(row.with_it, size=theme.CAPTION, tone="high"),
            Label(row.change, size=theme.CAPTION, weight=theme.SEMIBOLD, align="right", width=96),
            gap=8,
            height=22,
        )
        for row in model.rows
    ]
    return [head, *rows]


def _refusal(what: str, hint: str) -> Widget:
    words = words_number(what[:1].upper() + what[1:] + ".", _("Why it cannot be given"),
                         _("What is in the way, found by the order's own rules."), "treasury_usd_bn",
                         "political_capital")  # fmt: skip
    lines: list[Widget] = [sentence(words, "high", theme.CAPTION)]
    if hint:
        remedy = _("Remedy: {hint}.", hint=hint)
        lines.append(sentence(words.shown_as(remedy), "text", theme.CAPTION))
    return Card(Row(Icon("warning", tone="warn"), Column(*lines, gap=2, grow=1), gap=12, align="start"), tone="warn",
                tinted=True)  # fmt: skip


def sentence(words: Number, tone: str = "text", size: float = theme.BODY) -> Label:
    """A sentence with figures, wrapped; its one tip explains them."""
    return Label(words.text, tip=words.tip, wrap=True, size=size, tone=tone)
