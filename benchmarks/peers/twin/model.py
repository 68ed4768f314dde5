"""The locality as a Mesa model: a month is ten lines (model.md 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import mesa
from peers.twin import measures
from peers.twin.cards import Cards, shocks_strike
from peers.twin.eruptions import erupt
from peers.twin.finances import count_the_money, try_their_patience
from peers.twin.fund import pay_and_spend
from peers.twin.joint import could_be, ease, move_positions, work_together
from peers.twin.leaders import come_and_go
from peers.twin.luck import Dice, Luck
from peers.twin.matter import Matter, Status
from peers.twin.meetings import live_matter, meet
from peers.twin.moves import Diary
from peers.twin.partner import Partner
from peers.twin.place import Place
from peers.twin.project import Project
from peers.twin.projects import advance
from peers.twin.residents import Residents
from peers.twin.rows import Rows
from peers.twin.script import NOTHING, Turn
from peers.twin.setup import BASES, set_up
from peers.twin.silence import break_silence
from peers.twin.tie import Tie

from sim.fields import MEASURES
from sim.parameters import THEORIES, theta
from sim.scenario import Scenario, load_scenario

_loaded = cache(load_scenario)
SWITCHES = (*THEORIES, "trust_weights")


class Twin(mesa.Model):
    """Partner organisations that depend on each other, a month at a time.

    ``script`` is what the group decides, turn by turn.  ``shocks`` is off, play or full.  Without
    ``keyed`` chance comes from Mesa's generator, and no month has the luck of any other run.
    """

    place: Place
    partners: list[Partner]  # in row order
    partner_of: dict[str, Partner]
    ties: list[Tie]
    matters: list[Matter]

    def __init__(
        self,
        scenario: Scenario | str = "dancing-around-the-table",
        *,
        luck: int = 7,
        script: Sequence[Turn] = (),
        parameters: Mapping[str, float] | None = None,
        theories: Sequence[str] = (),
        months: int | None = None,
        shocks: str = "play",
        replies: bool = True,
        keyed: bool = True,
        seed: int | None = None,
    ) -> None:
        super().__init__(seed=luck if seed is None else seed)
        self.scenario = _loaded(scenario) if isinstance(scenario, str) else scenario
        values = theta(
            {**self.scenario.parameters, **(parameters or {})},
            (*self.scenario.theories, *theories),
        )
        switches = {name: float(getattr(values, name) > 0.5) for name in SWITCHES}
        self.theta = values._replace(**switches)
        self.luck = Luck(luck) if keyed else Dice(self.random)
        self.shocks, self.replies = shocks, replies
        self.script = list(script)
        self.months = self.scenario.time.months if months is None else months
        given = self.scenario.place.admission_trend_per_year
        self.trend = self.theta.admission_trend_per_year if given is None else given

        self.month = self.turn = self.turn_month = 0  # lived; opened; first of the turn
        self.live: Matter | None = None
        self.decided = NOTHING
        self.slots: list[Project | None] = [None] * 12
        set_up(self)
        self._matter_of = {matter.id: matter for matter in self.matters}
        self.rows, self.cards, self.diary = Rows(self), Cards(self), Diary(self)
        self.place.seats = len(self.table)
        for tie in self.ties:
            if tie.dependence > 0:
                tie.joint = could_be(tie, self)
        self.base = BASES | {k: float(v) for k, v in self.scenario.place.measures.items()}
        self.measures = {name: self.base.get(name, 0.0) for name in MEASURES}
        self.history: list[dict[str, float]] = []
        self.residents = Residents(self)
        measures.take(self)
        self.datacollector = mesa.DataCollector(
            model_reporters={name: _reporter(name) for name in MEASURES},
        )

    @property
    def now(self) -> int:
        """The month being run, or about to be."""
        return self.month + 1

    @property
    def calendar_month(self) -> int:
        return (self.scenario.time.start_month + self.month - 1) % 12 + 1

    @property
    def table(self) -> list[Partner]:
        return [partner for partner in self.partners if partner.at_table]

    @property
    def is_over(self) -> bool:
        """Whether the last turn is over, and the run goes on."""
        return self.month >= self.scenario.time.months

    def tie(self, one: str, other: str) -> Tie:
        return self.partner_of[one].ties[self.partner_of[other]]

    def matter(self, id: str) -> Matter:
        return self._matter_of[id]

    # --- the schedule -----------------------------------------------------------------------

    def step(self) -> None:
        """One month."""
        lengths = self.scenario.time.turns
        if self.month == sum(lengths[: self.turn]):
            if self.turn < len(lengths):
                self.open_turn()
            else:
                self.diary.stop_standing()
                self.place.facilitator = False
        self.cards.fall_due()  # line 1
        shocks_strike(self)
        self.rows.fall_due()  # line 2
        if self.now == self.turn_month:
            self.diary.take_effect()
        meet(self)
        erupt(self)
        pay_and_spend(self)
        advance(self)
        move_positions(self)  # line 7
        ease(self)
        work_together(self)
        come_and_go(self)
        self.residents.live_a_month()  # line 9
        count_the_money(self)
        try_their_patience(self)
        measures.take(self)
        self.month += 1
        for silence in self.decided.silences:
            if silence.month == self.month:
                one, other = self.partner_of[silence.speaker], self.partner_of[silence.other]
                break_silence(silence.choice, one, other, self)
        self.running = self.month < self.months
        self.datacollector.collect(self)

    def open_turn(self) -> None:
        """A matter comes to the table; the group decides; those asked reply."""
        self.turn += 1
        self.turn_month = self.now
        for partner in self.partners:
            partner.asked = 0
            partner.warmth *= 0.5
        for tie in self.ties:
            tie.dancing *= 0.7
            tie.candour *= 0.5
        self.live = live_matter(self)
        self.decided = self.script[self.turn - 1] if self.turn <= len(self.script) else NOTHING
        for id, what in self.decided.confidences.items():
            self.confide(self.matter(id), what)
        self.diary.fill(self.decided.moves)

    def confide(self, matter: Matter, what: str) -> None:
        """The group does something with what it was told (7.2)."""
        teller, tie = matter.confided_by, matter.tie
        assert teller is not None
        match what:
            case "keep":
                teller.gain("credibility", 0.25)
                teller.gain("contact", 0.2)
                teller.gain("safety", 0.05)
            case "go_back":
                tie.candour = min(1.0, tie.candour + 0.6)
            case "use":
                tie.understand(0.2)
                teller.gain("credibility", -0.5)
                for partner in tie.both:
                    if partner is not teller:
                        teller.ties[partner].bad(teller, 1.0)
                matter.status = Status.SURFACED
        matter.confidence = what


def _reporter(name: str):  # type: ignore[no-untyped-def]
    return lambda model: model.measures[name]
