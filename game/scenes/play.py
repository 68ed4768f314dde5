"""The play screen: the table, what there is to do, and a turn's six steps one after another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pygame

from game.desk import Desk
from game.scene import Push, Reset, Scene, SceneChange
from game.scenes import play_coach, play_foot, play_strip
from game.scenes.dialogs import Choice, Dialog, help_dialog, words_dialog
from game.scenes.play_confidence import ConfidenceStep
from game.scenes.play_diary import DiaryStep
from game.scenes.play_flow import Flow
from game.scenes.play_layout import Areas, areas, table_inner
from game.scenes.play_step import seats
from game.scenes.play_why import WhyDialog
from game.view.layout import Layout
from game.view.shapes import panel
from game.view.table import SECONDS, TableView, table_shape
from game.view.table import Look as TableLook
from game.view.table_sprites import told
from game.view.theme import Theme
from game.view.widgets import Act, Widget, draw_widgets
from sim.observation import Observation
from sim.resident import feeling
from sim.session import Phase
from sim.words import _

if TYPE_CHECKING:
    from sim.session import Session


class PlayScene(Flow, Scene):
    """One session on the screen."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, desk)
        self.table = TableView()
        self.coach = play_coach.Coach(session.scenario)
        self.measure = 0  # of the foot's chart
        self._backdrop: tuple[object, pygame.Surface] | None = None

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
        if kind == play_coach.KEY:
            self.coach.put_away()
            return None
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
            case "why":
                return Push(WhyDialog(self))
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
        if self.hint():
            found.append(play_coach.button(layout, place))
        else:
            found.append(play_foot.chart_button(layout, place.chart))
        found += play_strip.tools(layout, place.strip, self.facts(), self._off())
        return found

    def _off(self) -> frozenset[str]:
        """The strip's buttons that lead nowhere now."""
        off = set()
        if self.session.phase in (Phase.REVEALED, Phase.ENDED):
            off.add("undo")
        elif self.session.turn <= 1:
            off.add("why")
        return frozenset(off)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        place = areas(layout)
        widgets = self.widgets(layout)
        if self.step.whole_window:
            self.step.draw(surface, layout, theme, place, t)
            draw_widgets(surface, layout, theme, widgets, self.hands)
            return
        if layout.boxes is not None:
            self._draw_backdrop(surface, layout, theme, place)
        else:
            self._blit_backdrop(surface, layout, theme, place)
        self._draw_table(surface, layout, theme, place, t)
        self.step.draw(surface, layout, theme, place, t)
        draw_widgets(surface, layout, theme, widgets, self.hands)

    def _draw_backdrop(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, place: Areas
    ) -> None:
        """What stays as it is from one frame to the next."""
        surface.fill(theme.background)
        play_strip.draw(surface, layout, theme, place.strip, self.facts())
        self._draw_foot(surface, layout, theme, place)
        for area, fill in ((place.side, theme.panel), (place.table, theme.canvas)):
            panel(surface, area, fill, theme.hairline, radius=layout.px(12), width=layout.px(2))

    def _blit_backdrop(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, place: Areas
    ) -> None:
        """The backdrop as it was drawn last, unless something on it has changed."""
        key = (
            theme.name,
            layout,
            self.facts(),
            self.resident(),
            self.measure,
            self.hint(),
            _("money"),
        )
        kept = self._backdrop
        if kept is None or kept[0] != (key, id(self.observation)):
            picture = pygame.Surface(layout.window.size).convert()
            self._draw_backdrop(picture, layout, theme, place)
            kept = self._backdrop = ((key, id(self.observation)), picture)
        inner = table_inner(layout, place.table)
        # all but what the table covers
        for x, y, right, bottom in (
            (0, 0, layout.width, inner.top),
            (0, inner.top, inner.left, inner.bottom),
            (inner.right, inner.top, layout.width, inner.bottom),
            (0, inner.bottom, layout.width, layout.height),
        ):
            surface.blit(kept[1], (x, y), (x, y, right - x, bottom - y))

    def _draw_table(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, place: Areas, t: float
    ) -> None:
        picture = table_inner(layout, place.table)
        self.table.draw(
            surface, layout, theme, picture, self.observation, t,
            look=self._look(), motion=self.motion,
        )  # fmt: skip

    def _look(self) -> TableLook:
        """What the step shows, and the partner that is pointed at."""
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
        if hint := self.hint():
            play_coach.draw(surface, layout, theme, place, hint)
            return
        measure = play_foot.MEASURES[self.measure]
        play_foot.draw_chart(surface, layout, theme, place.chart, self.observation, measure)
        play_foot.draw_money(surface, layout, theme, place.money, self.observation)

    # --- in words -------------------------------------------------------------------------

    def resident(self) -> str:
        """The resident's month, as the last reveal told it."""
        if self.session.turn > 1 or self.session.phase in (Phase.REVEALED, Phase.ENDED):
            return " ".join(self.session.reveal().resident.split())
        how = feeling(self.observation, self.words.counted)
        return " ".join(self.words.months[how].split())

    def hint(self) -> str:
        """What a newcomer is told at this step; "" for nothing."""
        return self.coach.hint(self.step, self.session.turn)

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
        if play_coach.is_tutorial(session.scenario):
            found.append(_("Tutorial"))
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
        lines += ["", self.hint(), *self.step.words(), "", told(self.observation), ""]
        lines.append(f"**{self.scenario.story.resident.name}.** {self.resident()}")
        return "\n\n".join(line for line in lines if line)

    def help_text(self) -> str:
        common = _(
            "**Tab** and the arrows move the ring, also to the partners; a chosen partner shows "
            "all its ties. **M** shows another measure. **Ctrl+Z** goes back to the last reveal."
        )
        own = self.step.help()
        return f"{own}\n\n{common}" if own else common
