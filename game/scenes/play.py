"""The play screen: the table, what there is to do, and a turn's six steps one after another."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import pygame

from game.desk import Desk
from game.scene import Push, Reset, Scene, SceneChange
from game.scenes import play_foot, play_strip
from game.scenes.dialogs import Choice, Dialog, help_dialog, words_dialog
from game.scenes.play_board import BoardStep
from game.scenes.play_diary import DiaryStep
from game.scenes.play_ending import EndingStep, LaterStep
from game.scenes.play_layout import Areas, areas, table_inner
from game.scenes.play_months import BeatsStep, CarParkStep, MonthsStep
from game.scenes.play_replies import HandsUpStep, RepliesStep
from game.scenes.play_step import Seat, Step, seats
from game.scenes.play_surfacing import ConfidenceStep, EruptionStep, InjectStep, NewsStep
from game.scenes.play_surfacing import SurfacedStep as SaidStep
from game.view.layout import Layout
from game.view.shapes import panel
from game.view.table import SECONDS, Motion, TableView, table_shape
from game.view.table import Look as TableLook
from game.view.table_sprites import told
from game.view.theme import Theme
from game.view.widgets import Act, Hands, Widget, draw_widgets
from sim.labels import calendar
from sim.names import Names
from sim.observation import Observation
from sim.resident import feeling
from sim.reveal import cards, surfacings
from sim.session import Confidence, MonthReport, NotNow, Phase
from sim.session.showing import words_of
from sim.words import _

if TYPE_CHECKING:
    from sim.session import Session


class PlayScene(Scene):
    """One session on the screen.  Only the session changes the model; this shows it."""

    def __init__(self, session: Session, desk: Desk) -> None:
        self.session = session
        self.desk = desk
        self.scenario = session.scenario
        self.names = Names.of(session.scenario)
        self.words = words_of(session.scenario)
        self.hands = Hands()
        self.table = TableView()
        self.observation: Observation = session.observe()
        self.motion: Motion | None = None
        self.focus = ""  # the partner whose ties stay in full
        self.measure = 0  # of the foot's chart
        self.t = 0.0
        self.waiting: deque[Step] = deque()  # what comes before the months go on
        self.months: MonthsStep | None = None
        self.step: Step = self._where()
        self.step.begin()

    # --- the steps of a turn --------------------------------------------------------------

    def _where(self) -> Step:
        """The step at which the session stands: a session resumed begins there."""
        session = self.session
        match session.phase:
            case Phase.CHOOSING:
                return DiaryStep(self) if session.queue else BoardStep(self)
            case Phase.RUNNING | Phase.AWAITING:
                if session.pending is not None:
                    return InjectStep(self, session.pending)
                record = session.records[-1]
                if session.month < record.first_month:
                    return RepliesStep(self)
                return MonthsStep(self)
            case Phase.REVEALED:
                return BeatsStep(self, at_once=True)
        return EndingStep(self)

    def go(self, step: Step) -> None:
        """Show another step."""
        self.step = step
        self.hands.scrolled.clear()
        self.hands.hover = ""
        step.begin()

    def to_diary(self) -> None:
        """From the board to the diary."""
        self.go(DiaryStep(self))

    def to_replies(self) -> None:
        """The invitations are sent."""
        self.go(RepliesStep(self))

    def after_replies(self) -> None:
        """Hands up, on the turns that have a question; then the months."""
        for question in self.scenario.time.hands_up:
            if question.turn == self.session.turn:
                self.go(HandsUpStep(self, question.question))
                return
        self.to_months()

    def to_months(self) -> None:
        """Let the months run."""
        self.go(MonthsStep(self))

    def run_month(self) -> None:
        """One month; then whatever came out of it, one thing after another."""
        before = self.session.observe()
        report = self.session.run_month()
        if report.pending is not None:
            self.go(InjectStep(self, report.pending))
            return
        self.looked_again()
        self._queue(before, report)
        self.carry_on()

    def _queue(self, before: Observation, report: MonthReport) -> None:
        """What of a month is worth stopping for."""
        after = self.observation
        sides = [
            (
                str(e.args.get("who", "")),
                str(e.args.get("with", "")),
                str(e.args.get("against", "")),
            )
            for e in report.events
            if e.code == "side_taken"
        ]
        erupted, surfaced = surfacings(before, after, report.events, self.words)
        for told_of in erupted:
            self.waiting.append(EruptionStep(self, told_of, sides))
        for told_of in surfaced:
            if told_of.scene:  # the scenario has words for it
                self.waiting.append(SaidStep(self, told_of))
        for card in cards(report.events, self.words):
            if card.reply or (card.card and not card.option):
                self.waiting.append(NewsStep(self, card))

    def carry_on(self) -> None:
        """The next thing that came out; or the next month; or what could be seen of it all."""
        if self.session.pending is not None:
            self.go(InjectStep(self, self.session.pending))
        elif self.waiting:
            self.go(self.waiting.popleft())
        elif self.session.phase is Phase.RUNNING:
            if not isinstance(self.step, MonthsStep):
                self.go(MonthsStep(self))
        elif self.session.phase is Phase.REVEALED:
            self.go(BeatsStep(self))

    def go_on(self) -> None:
        """A card has been read: what comes after it depends on when it came."""
        if isinstance(self.step, ConfidenceStep) and self.session.phase is not Phase.RUNNING:
            self._confidences(self.step.told.matter)
        else:
            self.carry_on()

    def after_beats(self) -> None:
        """What was told in confidence; then the car park."""
        self._confidences("")

    def _confidences(self, after: str) -> None:
        """The next confidence of this turn that is still held; the car park after the last."""
        if self.session.phase is not Phase.REVEALED:
            self.go(DiaryStep(self))
            return
        told_of = list(self.session.reveal().confidences)
        ids = [one.matter for one in told_of]
        rest = told_of[ids.index(after) + 1 :] if after in ids else told_of
        for one in rest:
            if self.held(one.matter):
                self.go(ConfidenceStep(self, one))
                return
        self.go(CarParkStep(self))

    def held(self, matter: str) -> bool:
        """Whether a confidence lies face down still."""
        return any(m.id == matter and m.confidence == "held" for m in self.observation.matters)

    def held_confidence(self) -> Confidence | None:
        """One that was left face down, if there is any."""
        for matter in self.observation.matters:
            if matter.confidence == "held" and matter.confided_by:
                about = matter.b if matter.a == matter.confided_by else matter.a
                return Confidence(matter.id, matter.confided_by, about, self.session.month)
        return None

    def next_turn(self) -> None:
        """The next turn's board, or the ending."""
        self.session.next_turn()
        self.looked_again()
        self.go(self._where())

    def to_ending(self) -> None:
        """The ending's two sentences."""
        self.go(EndingStep(self))

    def to_later(self) -> None:
        """Three more years, without the group."""
        step = LaterStep(self)
        self.looked_again()
        self.go(step)

    def undo(self) -> None:
        """Back to the last reveal, under the same luck, and say so."""
        try:
            self.session.undo()
        except NotNow as refused:
            self.desk.notice(str(refused))
            return
        self.waiting.clear()
        self.looked_again()
        self.go(BoardStep(self))
        self.desk.notice(_("Back to the last reveal. The luck is the same."))

    def looked_again(self) -> None:
        """Take in what can be seen now; the table moves from what it was."""
        seen = self.session.observe()
        if seen is not self.observation:
            if seen.partners != self.observation.partners or seen.ties != self.observation.ties:
                self.motion = Motion(self.observation, self.t)
            self.observation = seen

    def focus_on_field(self, key: str) -> None:
        """Put the keyboard into a text field."""
        self.hands.focus = key
        if pygame.display.get_init():
            pygame.key.start_text_input()

    # --- events ---------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        if (
            event.type == pygame.KEYDOWN
            and event.key == pygame.K_z
            and event.mod & pygame.KMOD_CTRL
        ):
            self.undo()
            return None
        act = self.hands.handle(event, self.widgets(layout))
        change = self._do(act) if act is not None else None
        self.observation = self._fresh()
        return change

    def _fresh(self) -> Observation:
        """The diary changes what can be played: look again, without any motion."""
        if self.session.phase is Phase.CHOOSING:
            return self.session.observe()
        return self.observation

    def _do(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        if kind == "tool":
            return self._tool(which)
        if kind == "chart":
            self.measure = (self.measure + 1) % len(play_foot.MEASURES)
            return None
        if kind == "seat":
            return self.step.seat(which)
        if kind == "confidence":
            told_of = self.held_confidence()
            if told_of is not None:
                self.go(ConfidenceStep(self, told_of))
            return None
        return self.step.act(act)

    def _tool(self, which: str) -> SceneChange | None:
        match which:
            case "undo":
                self.undo()
            case "help":
                return Push(help_dialog(self))
            case "words":
                dialog = words_dialog(self)
                return Push(dialog) if dialog else None
            case "leave" if isinstance(self.step, DiaryStep) and self.step.escape():
                return None
            case "leave":
                return Push(self._leaving())
        return None

    def _leaving(self) -> Dialog:
        saved = self.session.saved
        text = (
            _("Everything is saved. You can go on later, from the first screen.")
            if saved
            else _("This play is not saved: it ends here.")
        )
        return Dialog(
            _("Leave the table?"),
            text,
            (
                Choice("leave", _("Leave"), lambda: Reset(self.desk.library())),
                Choice("stay", _("Stay")),
            ),
        )

    def update(self, t: float) -> SceneChange | None:
        self.t = t
        return self.step.update(t)

    def restless(self, t: float) -> bool:
        moving = self.motion is not None and t - self.motion.since < SECONDS + 0.1
        return moving or self.step.restless(t)

    # --- what is on the screen ------------------------------------------------------------

    def widgets(self, layout: Layout) -> list[Widget]:
        """Everything that can be pointed at: what there is to do first, then the partners."""
        place = areas(layout)
        found = list(self.step.widgets(layout, place))
        if self.step.whole_window:
            return found
        if not self.step.covers:
            picture = table_inner(layout, place.table)
            shape = table_shape(layout, picture, self.observation)
            found += seats(shape, picture, self.step.hotkeys())
        found.append(play_foot.chart_button(layout, place.chart))
        found += play_strip.tools(layout, place.strip, self.facts(), self._can_undo())
        return found

    def _can_undo(self) -> bool:
        return self.session.phase in (Phase.CHOOSING, Phase.RUNNING, Phase.AWAITING)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        place = areas(layout)
        widgets = self.widgets(layout)
        if self.step.whole_window:
            self.step.draw(surface, layout, theme, place, t)
            draw_widgets(surface, layout, theme, widgets, self.hands)
            return
        surface.fill(theme.background)
        play_strip.draw(surface, layout, theme, place.strip, self.facts())
        self._draw_table(surface, layout, theme, place, t)
        self._draw_foot(surface, layout, theme, place)
        panel(
            surface, place.side, theme.panel, theme.hairline,
            radius=layout.px(12), width=layout.px(2),
        )  # fmt: skip
        self.step.draw(surface, layout, theme, place, t)
        draw_widgets(surface, layout, theme, widgets, self.hands)

    def _draw_table(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, place: Areas, t: float
    ) -> None:
        panel(
            surface, place.table, theme.canvas, theme.hairline,
            radius=layout.px(12), width=layout.px(2),
        )  # fmt: skip
        picture = table_inner(layout, place.table)
        self.table.draw(
            surface, layout, theme, picture, self.observation, t,
            look=self._look(), motion=self.motion,
        )  # fmt: skip

    def _look(self) -> TableLook:
        """What the step shows, and the partner that is pointed at."""
        from dataclasses import replace

        look = self.step.look()
        hands = self.hands
        ring = ""
        if hands.by_keyboard and hands.focus.startswith("seat:"):
            ring = hands.focus.removeprefix("seat:")
        pointed = ring
        if not hands.by_keyboard and hands.hover.startswith("seat:"):
            pointed = hands.hover.removeprefix("seat:")
        if self.step.covers:
            return replace(look, ring="", focus="")
        return replace(look, ring=ring, focus=pointed or self.focus)

    def _draw_foot(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, place: Areas
    ) -> None:
        title = _("{name}, this month").format(name=self.scenario.story.resident.name)
        play_foot.draw_resident(surface, layout, theme, place.resident, title, self.resident())
        measure = play_foot.MEASURES[self.measure]
        play_foot.draw_chart(surface, layout, theme, place.chart, self.observation, measure)
        play_foot.draw_money(surface, layout, theme, place.money, self.observation)

    # --- in words -------------------------------------------------------------------------

    def calendar(self, month: int) -> str:
        """A month's name, in the scenario's years."""
        time = self.scenario.time
        return calendar(month, time.start_month, time.start_year)

    def resident(self) -> str:
        """The resident's month, as the last reveal told it."""
        if self.session.turn > 1 or self.session.phase in (Phase.REVEALED, Phase.ENDED):
            return " ".join(self.session.reveal().resident.split())
        how = feeling(self.observation, self.words.counted)
        return " ".join(self.words.months[how].split())

    def facts(self) -> play_strip.Facts:
        """What the strip says."""
        seen, session = self.observation, self.session
        turn = _("Turn {turn} of {turns}").format(turn=max(1, session.turn), turns=session.turns)
        if session.phase is Phase.ENDED:
            turn = _("Afterwards") if seen.month > 36 else _("The end")
        months = f"{seen.act} · {self.calendar(max(1, seen.month))}"
        if session.phase is Phase.CHOOSING:
            first, last = seen.month + 1, seen.month + session.months_left
            months = _("{act} · {first} to {last}").format(
                act=seen.act, first=self.calendar(first), last=self.calendar(last)
            )
        promises = {p.id: p.title for p in self.scenario.story.promises}
        filled = sum(
            card.places
            for move in (*seen.standing, *(move.move for move in session.queue))
            for card in [next((c for c in (*seen.hand, *seen.drawer) if c.move == move), None)]
            if card is not None
        )
        return play_strip.Facts(
            turn=turn,
            months=months,
            promise=promises.get(seen.promise, seen.promise),
            places=0 if session.phase is Phase.ENDED else filled + max(0, seen.places),
            free=max(0, seen.places),
            money=seen.money,
            backing=seen.backing,
            badges=self.badges(),
        )

    def badges(self) -> tuple[str, ...]:
        """Whatever is unusual: no silent modes."""
        session = self.session
        found = []
        if session.recorded:
            found.append(_("Replay"))
        if session.parent:
            found.append(_("Branch"))
        if self.observation.visibility == "full":
            found.append(_("All visible"))
        if not session.saved:
            found.append(_("Not saved"))
        return tuple(found)

    def in_words(self) -> str:
        facts = self.facts()
        lines = [f"**{facts.turn}** · {facts.months}"]
        if facts.promise:
            lines.append(_("We promised: {promise}").format(promise=facts.promise))
        lines.append(
            _("Places left: {places}. Money: {money}. Candles: {candles} of 5.").format(
                places=facts.free, money=f"£{facts.money:,.0f}k", candles=facts.backing
            )
        )
        lines += ["", *self.step.words(), "", told(self.observation), ""]
        lines.append(f"**{self.scenario.story.resident.name}.** {self.resident()}")
        return "\n\n".join(line for line in lines if line)

    def help_text(self) -> str:
        common = _(
            "**Tab** and the arrows move the ring, also to the partners; a chosen partner shows "
            "all its ties. **M** shows another measure. **Ctrl+Z** goes back to the last reveal."
        )
        own = self.step.help()
        return f"{own}\n\n{common}" if own else common


__all__ = ["PlayScene", "Seat"]
