"""Where a play stands: a turn's six steps, and what comes in between.

Only the session changes the model; this decides what is looked at next.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

import pygame

from game.desk import Desk
from game.scenes.play_beats import BeatsStep
from game.scenes.play_board import BoardStep
from game.scenes.play_car_park import CarParkStep
from game.scenes.play_confidence import ConfidenceStep
from game.scenes.play_diary import DiaryStep
from game.scenes.play_ending import EndingStep
from game.scenes.play_hands_up import HandsUpStep
from game.scenes.play_inject import InjectStep, NewsStep
from game.scenes.play_later import LaterStep
from game.scenes.play_months import MonthsStep
from game.scenes.play_pace import Pace
from game.scenes.play_replies import RepliesStep
from game.scenes.play_silence import EruptionStep
from game.scenes.play_step import Step
from game.scenes.play_surfacing import SurfacedStep, of_our_doing
from game.scenes.play_timer import STAGES, Clock
from game.scenes.play_undo import taken_back
from game.view.table import Motion
from game.view.widgets import Hands
from sim.labels import calendar
from sim.names import Names
from sim.observation import Observation
from sim.reveal import cards, surfacings
from sim.session import Confidence, MonthReport, NotNow, Phase
from sim.session.showing import sides_taken, words_of

if TYPE_CHECKING:
    from sim.session import Session

_STAGES: Final[tuple[tuple[type[Step], str, bool], ...]] = (
    (BoardStep, "board", True),
    (DiaryStep, "diary", True),
    (RepliesStep, "replies", True),
    (HandsUpStep, "hands", False),
    (MonthsStep, "months", True),
    (BeatsStep, "months", True),
    (NewsStep, "months", True),
    (CarParkStep, "car_park", True),
    (EndingStep, "", False),
    (LaterStep, "", False),
)
"""Of each step: the stage of the turn it belongs to, and whether the clock runs."""


def stage_of(step: Step, otherwise: str = "months") -> tuple[str, bool]:
    """A step's stage, and whether it is timed.

    Whatever comes up in between, and is not among those above, wants talk.
    """
    for kind, stage, timed in _STAGES:
        if isinstance(step, kind):
            return stage, timed
    return otherwise, False


_DECISIONS: Final = frozenset(("live", "option", "do", "silence"))
"""Kinds of widgets that decide something for good."""


class Flow:
    """One session and the step it is shown at."""

    def __init__(self, session: Session, desk: Desk) -> None:
        self.session = session
        self.desk = desk
        self.scenario = session.scenario
        self.names = Names.of(session.scenario)
        self.words = words_of(session.scenario)
        self.hands = Hands()
        self.observation: Observation = session.observe()
        self.motion: Motion | None = None
        self.focus = ""  # the partner whose ties stay in full
        self.pace = Pace()
        self.clock = Clock()
        self.waiting: deque[Step] = deque()  # what comes before the months go on
        self.step: Step = self._where()
        self._begin()

    # --- time -----------------------------------------------------------------------------

    @property
    def t(self) -> float:
        """The play's own time: it stands while the play is paused or covered."""
        return self.pace.t

    @property
    def still(self) -> bool:
        """Whether the room asked for pictures that stand still (reduced motion)."""
        return self.desk.settings.reduced_motion

    def _begin(self) -> None:
        """The step comes up: the focus, the clock."""
        self.step.begin()
        self._time_it()

        self.unfocus_decisions()

    def unfocus_decisions(self, acted: str = "") -> None:
        """No decision is where the ring lies by itself: Enter by habit decides nothing."""
        focus = self.hands.focus
        if focus != acted and focus.partition(":")[0] in _DECISIONS:
            self.hands.focus = ""

    def _time_it(self) -> None:
        choosing = self.session.phase is Phase.CHOOSING  # a confidence, read once more
        stage, timed = stage_of(self.step, "diary" if choosing else "months")
        self.clock = self.clock.at(self.session.turn, stage, self.t, runs=timed)

    def stages(self) -> tuple[str, ...]:
        """The stages of this turn, in their order."""
        turns = [question.turn for question in self.scenario.time.hands_up]
        asked = self.session.turn in turns
        return tuple(stage for stage in STAGES if stage != "hands" or asked)

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
                silence = session.silence
                if silence is not None and silence.told is not None:
                    return EruptionStep(self, silence.told, silence.sides)
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
        self._begin()

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
        for card in cards(report.events, self.words):  # what came of a choice: while it is fresh
            if card.reply or (card.card and not card.option):
                self.waiting.append(NewsStep(self, card))
        erupted, surfaced = surfacings(before, after, report.events, self.words)
        for told_of in erupted:
            sides = sides_taken(report.events, told_of.a, told_of.b)
            self.waiting.append(EruptionStep(self, told_of, sides))
        for told_of in surfaced:
            if told_of.scene or of_our_doing(self.session, told_of):
                self.waiting.append(SurfacedStep(self, told_of))

    def carry_on(self) -> None:
        """The next thing that came out; or the next month; or what could be seen of it all."""
        if self.session.pending is not None:
            self.go(InjectStep(self, self.session.pending))
        elif self.waiting:
            self.go(self.waiting.popleft())
        elif self.session.phase is Phase.RUNNING:
            if not isinstance(self.step, MonthsStep):
                self.go(MonthsStep(self))
        elif (silence := self.session.silence) is not None:
            if silence.told is not None:
                self.go(EruptionStep(self, silence.told, silence.sides))
                return
            self.session.break_silence("next")  # a row without words: nobody stops for it
            self.looked_again()
            self.carry_on()
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
        told = taken_back(self.session, self.names)
        try:
            self.session.undo()
        except NotNow as refused:
            self.desk.notice(str(refused))
            return
        self.waiting.clear()
        self.looked_again()
        self.go(BoardStep(self))
        self.desk.notice(told)

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

    def calendar(self, month: int) -> str:
        """A month's name, in the scenario's years."""
        time = self.scenario.time
        return calendar(month, time.start_month, time.start_year)
