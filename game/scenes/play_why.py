"""Why?  What could be seen, a partner's ties or a figure, each with its causes as bars.

In play only as far as the group saw them: the rest is one hatched bar.  Everything by its
name and size once all is visible, or the play is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from game.scene import SceneChange
from game.scenes.dialogs import Dialog
from game.scenes.play_why_bars import CauseBar
from game.view.layout import Layout, Rect
from game.view.text import BOLD, height_of
from game.view.theme import BODY, HEADING
from game.view.widgets import Act, Button, Widget, Words, button_width
from sim.labels import measure_name
from sim.moves import Event
from sim.observation import TieSeen
from sim.phrases import cause
from sim.reveal import UNSAID
from sim.session import NotNow, Phase, Why
from sim.voice import voice
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow

MOST: Final = 4  # causes for each change
TIES: Final = 5  # of one partner, the most changed first
FIGURES: Final = (
    "emergency_admissions",
    "delayed_transfers",
    "care_home_admissions",
    "reablement_at_home",
    "resident_experience",
    "staff_joint_working",
)
_OF: Final = {
    "trust_up": "trust", "trust_down": "trust", "joint_step": "joint", "raised_well": "tension",
    "raised_badly": "tension", "erupted": "tension", "avoided": "tension",
}  # fmt: skip
"""What a beat about two partners is a change of."""
_SIGN: Final[dict[bool | None, str]] = {True: "+", False: "−", None: "?"}


@dataclass(frozen=True)
class Reason:
    """A change in a sentence, and its causes."""

    said: str
    whys: tuple[Why, ...] = ()
    good: bool | None = None  # whether more of it is good news; None for neither


class WhyDialog(Dialog):
    """The last reveal's beats, one partner's ties or one figure, with their causes."""

    def __init__(
        self,
        play: Flow,
        *,
        beat: int | None = None,
        partner: str = "",
        figure: str = "",
        pair: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(_("Why?"), "", wide=0.7, tall=0.92)
        self.play = play
        self.beat = beat
        self.partner = partner or play.focus
        self.figure = figure
        self.view = "figure" if figure else "partner" if self.partner and beat is None else "seen"
        self.pair = pair
        self._kept: dict[tuple[str, str, str], list[Reason]] = {}
        if pair is not None:
            self.view = "pair"
        self.over = play.session.phase is Phase.ENDED

    # --- what there is to explain ---------------------------------------------------------

    @property
    def reasons(self) -> list[Reason]:
        """The changes that are explained now; the play stands still beneath, so once is enough."""
        key = (self.view, self.partner, self.figure)
        if key not in self._kept:
            self._kept[key] = self._explained()
        return self._kept[key]

    def _explained(self) -> list[Reason]:
        match self.view:
            case "partner":
                return self._of_partner()
            case "pair" if self.pair is not None:
                return self._of_pair(*self.pair)
            case "figure":
                return [self._of_figure(self.figure or FIGURES[0])]
        return self._of_beats()

    def _of_beats(self) -> list[Reason]:
        """What could be seen in the turn revealed last; the one asked about first."""
        try:
            reveal = self.play.session.reveal()
        except NotNow:
            return []
        said = voice(self.play.session).beats(reveal.turn)
        reasons = [self._of_beat(*pair) for pair in zip(reveal.beats, said)]
        if self.beat is not None and self.beat < len(reasons):
            reasons.insert(0, reasons.pop(self.beat))
        return reasons

    def _of_beat(self, beat: Event, said: str) -> Reason:
        whys: tuple[Why, ...] = ()
        quantity = _OF.get(beat.code, "")
        if quantity and "a" in beat.args and "b" in beat.args:
            pair = (str(beat.args["a"]), str(beat.args["b"]))
            whys = self.play.session.why_of(quantity, pair)[:MOST]
        return Reason(said, whys, good=quantity != "tension")

    def _of_partner(self) -> list[Reason]:
        """Between one partner and each of the others, where anything could be seen to change."""
        who = self.partner or self.play.observation.partners[0].id
        found: list[tuple[float, Reason]] = []
        for tie in self._ties():
            if who not in (tie.a, tie.b) or not (tie.change or self.over):
                continue
            for a, b in ((tie.a, tie.b), (tie.b, tie.a)):
                if whys := self.play.session.why(a, b)[:MOST]:
                    size = sum(abs(w.amount) if w.amount is not None else w.size for w in whys)
                    found.append((-size, Reason(self._between(a, b, tie), whys, good=True)))
        found.sort(key=lambda item: (item[0], item[1].said))
        if not found:
            name = self.play.names.partner(who)
            return [
                Reason(
                    _("Between {who} and the others, nothing changed that anybody could see.")
                    .format(who=name)
                )
            ]  # fmt: skip
        return [reason for _size, reason in found[:TIES]]

    def _of_pair(self, a: str, b: str) -> list[Reason]:
        """Between two: how far each trusts the other, and what lies open between them."""
        found = [
            Reason(self._between(one, other, tie), whys, good=True)
            for tie in self._ties()
            if {tie.a, tie.b} == {a, b}
            for one, other in ((a, b), (b, a))
            if (whys := self.play.session.why(one, other)[:MOST])
        ]
        strain = self.play.session.why_of("tension", (a, b))[:MOST]
        if strain:
            names = self.play.names
            said = _("What lies between {a} and {b}").format(a=names.partner(a), b=names.partner(b))
            found.append(Reason(said, strain, good=False))
        return found

    def _ties(self) -> tuple[TieSeen, ...]:
        """Between all, as the last reveal showed it, or at the end."""
        seen = self.play.observation if self.over else self.play.session.revealed
        return seen.ties if seen is not None else ()

    def _between(self, a: str, b: str, tie: TieSeen) -> str:
        names = self.play.names
        pair = {"a": names.partner(a), "b": names.partner(b)}
        if self.over or not tie.change:
            return _("How far {a} trusts {b}").format(**pair)
        if tie.change > 0:
            return _("{a} and {b} are closer: how far {a} trusts {b}").format(**pair)
        return _("{a} and {b} are further apart: how far {a} trusts {b}").format(**pair)

    def _of_figure(self, figure: str) -> Reason:
        """One measure: which way its line went, and what moved it."""
        name = measure_name(figure).partition(",")[0]
        name = name[:1].upper() + name[1:]
        series = self.play.observation.series.get(figure, ())
        first, last = (0, len(series) - 1) if self.over else self._months()
        if first < last < len(series):
            then, now = series[first], series[last]
            way = _("{name}: up") if now > then else _("{name}: down")
            name = (way if now != then else _("{name}: as before")).format(name=name)
        return Reason(name, self.play.session.why_of(figure)[: MOST + 1], good=None)

    def _months(self) -> tuple[int, int]:
        """The month before the turn revealed last, and its last one."""
        try:
            reveal = self.play.session.reveal()
        except NotNow:
            return 0, 0
        return reveal.first_month - 1, reveal.month

    def _said(self, why: Why) -> str:
        words = cause(why.cause, self.play.names)
        return words[:1].upper() + words[1:]

    # --- widgets --------------------------------------------------------------------------

    def body(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        views = (
            ("view:seen", _("What could be seen")),
            ("view:partner", _("A partner")),
            ("view:figure", _("A figure")),
        )
        found, y = _flow(layout, x, y, width, views, f"view:{self.view}")
        if self.view == "partner":
            partners = self.play.observation.partners
            options = tuple((f"partner:{p.id}", p.name) for p in partners)
            chosen = f"partner:{self.partner or partners[0].id}"
        elif self.view == "figure":
            options = tuple((f"figure:{m}", _title(m)) for m in FIGURES)
            chosen = f"figure:{self.figure or FIGURES[0]}"
        else:
            options, chosen = (), ""
        if options:
            more, y = _flow(layout, x, y, width, options, chosen, BODY * 0.86)
            found += more
        y += layout.px(8)
        reasons = self.reasons
        if not reasons:
            nothing = _("Nothing that anybody could see.")
            return [*found, Words.at(layout, "none", x, y, width, nothing)]
        for index, reason in enumerate(reasons):
            words = Words.at(
                layout, f"beat:{index}", x, y, width, reason.said, size=HEADING * 0.9, weight=BOLD
            )
            found.append(words)
            y = words.rect.bottom + layout.px(8)
            bars = self._bars(layout, index, reason, x, y, width)
            found += bars
            y = (bars[-1].rect.bottom if bars else y) + layout.px(20)
        return found

    def _bars(
        self, layout: Layout, index: int, reason: Reason, x: int, y: int, width: int
    ) -> list[Widget]:
        largest = max((abs(why.amount or 0.0) for why in reason.whys), default=0.0)
        found: list[Widget] = []
        for number, why in enumerate(reason.whys):
            label = self._said(why)
            tall = max(layout.tx(40), height_of(label, layout, width - CauseBar.beside(layout)))
            share = abs(why.amount) / largest if why.amount is not None and largest else None
            found.append(
                CauseBar(
                    f"why:{index}:{number}",
                    Rect(x, y, width, tall),
                    label,
                    why.up,
                    why.size,
                    why.cause == UNSAID,
                    share,
                    reason.good,
                )
            )
            y += tall + layout.px(6)
        return found

    def act(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        match kind:
            case "view":
                self.view = which
            case "partner":
                self.partner = which
            case "figure":
                self.figure = which
        self.hands.scrolled.clear()
        return None

    def in_words(self) -> str:
        lines = []
        for reason in self.reasons:
            lines.append(f"**{reason.said}**")
            lines += [f"- {_SIGN[why.up]} {self._said(why)}" for why in reason.whys]
        return "\n".join(lines)


def _title(figure: str) -> str:
    name = measure_name(figure).partition(",")[0]
    return name[:1].upper() + name[1:]


def _flow(
    layout: Layout,
    x: int,
    y: int,
    width: int,
    options: tuple[tuple[str, str], ...],
    chosen: str,
    size: float = BODY,
) -> tuple[list[Widget], int]:
    """Buttons side by side, in as many rows as they need; and where what follows begins."""
    tall, gap = layout.tx(size * 1.75), layout.px(10)
    found: list[Widget] = []
    at = x
    for key, label in options:
        wide = min(width, button_width(layout, label, size=size))
        if at > x and at + wide > x + width:
            at, y = x, y + tall + gap
        found.append(
            Button(key, Rect(at, y, wide, tall), label=label, size=size, chosen=key == chosen)
        )
        at += wide + gap
    return found, y + tall + layout.px(14)
