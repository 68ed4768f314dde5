"""A clerk beside a locality, who keeps its books from what is minuted.

The clerk reads what happened (events), what each thing costs (the catalogue and the file) and
the formulas of ``docs/model.md``, sections 7.8, 7.13 and 7.16, written out again here.  No entry
is the difference of two balances: the clerk's own are compared with the model's after the lines
in which money moves.  Thousand pounds throughout.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from sim.effects import (
    E_BUDGET,
    E_DEFICIT,
    E_FUND,
    E_FUND_OPEN,
    E_MONEY,
    R_CHANCE,
    R_DELAY,
    R_EFFECT,
    R_MASK,
    R_MONTHS,
    R_PROGRAM,
    R_SIZE,
    R_WHO,
    S_ALL,
    S_FIRST,
    S_NAMED,
    S_TARGETS,
)
from sim.fields import (
    AMBITION,
    AT_TABLE,
    BENEFIT_SHARE,
    BUDGET,
    BY_MOVE,
    COST_SHARE,
    DEFICIT,
    DEMAND,
    DEPENDENCE,
    FUND,
    FUND_OPEN,
    GAIN_SHARE,
    HOME_CARE,
    JOINT,
    JOINT_START,
    M_ADMISSIONS,
    MERGED_WITH,
    MONEY,
    MONTH,
    PAID,
    PROJECTS_EMBEDDED,
    REALISED,
    SAVED,
    SEVERE_WINTER,
    TRUST,
    TURN_MONTH,
)
from sim.locality import Locality
from sim.rules.events import (
    V_CASE,
    V_EMBEDDED,
    V_INJECT,
    V_MERGED,
    V_MOVE,
    V_REPLY,
    V_SHOCK,
    V_STANDING_ENDED,
    V_STARTED,
)
from sim.state import LAG_JOINT, STAND_MOVE, State, copy_state
from sim.world import (
    IJ_FIRST,
    IJ_OPTIONS,
    IJ_START,
    IJ_STOP,
    MV_COST,
    MV_START,
    MV_STOP,
    OP_START,
    OP_STOP,
    SK_START,
    SK_STOP,
    T_COUNCIL,
    T_PAYER,
    W_POPULATION,
)

MONEYED = (E_MONEY, E_FUND, E_FUND_OPEN, E_DEFICIT, E_BUDGET)
REPLY_SHARE = {1: 1.0, 4: 1.0, 5: 0.3}  # comes, done, done on paper; a deputy by parameter
EXACT = 1e-9


def same(ours: object, theirs: object, what: str) -> None:
    """The clerk's figure and the model's agree to 1e-9 of their size."""
    a, b = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    bound = EXACT * np.maximum(1.0, np.abs(b))
    assert (np.abs(a - b) <= bound).all(), f"{what}: {a} in the books, {b} in the model"


def sigma(z: float) -> float:
    """The model's S-curve."""
    return (1.0 + z / sqrt(1.0 + z * z)) / 2.0


@dataclass
class Clerk:
    """Put beside a locality before it lives; ``totals`` are what came and went under each name."""

    where: Locality
    totals: Counter[str] = field(default_factory=Counter)
    months: int = 0

    def __post_init__(self) -> None:
        where = self.where
        for row in self._rows(0, len(where.world.effect)):
            plain = row[R_CHANCE] == 1.0 and row[R_DELAY] == 0.0 and row[R_MONTHS] == 1.0
            sure = plain and row[R_PROGRAM] < 0.0
            assert sure, "the clerk cannot keep books on what may come"
        where.insert(1, "the books are opened", self._open)
        where.insert(5, "what was decided, done and dealt", self._decided)
        where.insert(6, "the pooled fund", self._pooled)
        where.insert(7, "what projects cost and bring", self._projects)
        where.insert(9, "before the finances", self._before)
        where.insert(10, "the finances", self._finances)

    # --- what a month brings, in the order in which it comes ----------------------------------

    def _open(self, where: Locality) -> None:
        self.was = self._copy()
        if self.months:
            for what in (MONEY, FUND):
                same(self.closing[what], where.state.place[what], "between two months")

    def _decided(self, where: Locality) -> None:
        """Lines 1 to 4: cards, shocks, standing moves, moves."""
        s = self.was
        self.money, self.fund = float(s.place[MONEY]), float(s.place[FUND])
        self.deficit, self.budget = s.partner[DEFICIT].copy(), s.partner[BUDGET].copy()
        self.merged = s.partner[MERGED_WITH].copy()
        events = [row.tolist() for row in where.rows_of_events]
        for code, _a, _b, what, value in events:
            if code == V_INJECT:
                self._card(int(what), int(value))
        for code, struck, _b, what, _value in events:
            if code == V_SHOCK:
                sk = where.world.shock[int(what)]
                self._apply(sk[SK_START], sk[SK_STOP], "shocks", {}, int(struck))
        if int(s.place[MONTH]) + 1 == int(where.state.place[TURN_MONTH]):
            self._standing(events)
            self._moves(events)
        same(self.money, where.state.place[MONEY], "transformation fund after moves")
        same(self.fund, where.state.place[FUND], "pooled fund after moves")
        same(self.deficit, where.state.partner[DEFICIT], "deficits after moves")
        same(self.budget, where.state.partner[BUDGET], "budgets after moves")
        self.open_fund = where.state.place[FUND_OPEN] > 0.5
        self.home_care = float(where.state.place[HOME_CARE])

    def _card(self, inject: int, option: int) -> None:
        ij = self.where.world.inject[inject]
        self._apply(ij[IJ_START], ij[IJ_STOP], "cards", {}, -1)
        if ij[IJ_OPTIONS] > 0:
            op = self.where.world.option[int(ij[IJ_FIRST]) + option]
            self._apply(op[OP_START], op[OP_STOP], "cards", {}, -1)

    def _standing(self, events: list[list[float]]) -> None:
        ended = {int(what) for code, _a, _b, what, _value in events if code == V_STANDING_ENDED}
        for move in (self.was.standing[STAND_MOVE] - 1).astype(int):
            if move < 0:
                continue
            row = self.where.world.move[move]
            if move in ended:
                assert row[MV_COST] > self.money, "a standing move ended that could be paid"
                continue
            self._spend(row[MV_COST], "standing moves")
            self._apply(row[MV_START], row[MV_STOP], "standing moves", {}, -1)

    def _moves(self, events: list[list[float]]) -> None:
        played = [e for e in events if e[0] == V_MOVE]
        replies: dict[int, dict[int, float]] = {}
        deputy = self.where.theta.deputy_effect
        for code, i, q, _what, reply in events:
            if code == V_REPLY:
                share = deputy if reply == 2 else REPLY_SHARE.get(int(reply), 0.0)
                replies.setdefault(int(q), {})[int(i)] = share
        for _code, first, second, what, q in played:
            row = self.where.world.move[int(what)]
            self._spend(row[MV_COST], "moves")
            merges = (V_MERGED, int(first), int(second)) in {(e[0], e[1], e[2]) for e in events}
            self._apply(row[MV_START], row[MV_STOP], "moves", replies.get(int(q), {}), int(first))
            if merges and self.merged[int(second)] == 0.0:
                a, b = int(first), int(second)
                self.merged[b] = a + 1
                self.budget[a] += self.budget[b]
                self.deficit[a] += self.deficit[b]
                self.totals["deficit carried into a merger"] += self.deficit[b]
                self.budget[b] = self.where.state.partner[BUDGET, b]  # its books are closed
                self.deficit[b] = self.where.state.partner[DEFICIT, b]

    def _spend(self, cost: float, name: str) -> None:
        assert cost <= self.money + EXACT, f"{name}: {cost} spent of {self.money}"
        self.money -= cost
        self.totals[name] -= cost

    def _apply(
        self, start: float, stop: float, name: str, came: dict[int, float], first: int
    ) -> None:
        for row in self._rows(start, stop):
            size, code = float(row[R_SIZE]), int(row[R_EFFECT])
            if code == E_MONEY:
                change = max(-self.money, size)
                self.money += change
                self.totals[f"money by {name}"] += change
            elif code == E_FUND:
                change = max(-self.fund, size)
                self.fund += change
                self.totals[f"pooled by {name}"] += change
            for i, share in self._who(row, came, first).items():
                if code == E_DEFICIT:
                    self.deficit[i] = max(0.0, self.deficit[i] + size * share)
                elif code == E_BUDGET:
                    self.budget[i] = max(0.0, self.budget[i] * (1.0 + size * share))

    def _who(self, row: np.ndarray, came: dict[int, float], first: int) -> dict[int, float]:
        """Shares of those whom a row of a deficit or a budget concerns."""
        if int(row[R_EFFECT]) not in (E_DEFICIT, E_BUDGET):
            return {}
        who = int(row[R_WHO])
        if who == S_NAMED:
            mask = self.where.world.mask[int(row[R_MASK])]
            shares = {int(i): 1.0 for i in np.flatnonzero(mask)}
        elif who == S_FIRST:
            shares = {first: came.get(first, 1.0)} if first >= 0 else {}
        elif who == S_TARGETS:
            shares = came
        else:
            assert who == S_ALL, "the clerk has not learned whom this concerns"
            shares = {i: came.get(i, 1.0) for i in range(len(self.merged))}
        return {i: share for i, share in shares.items() if self.merged[i] == 0.0 and share > 0.0}

    def _pooled(self, where: Locality) -> None:
        """Line 5: who pays in, and what is spent of it (7.8)."""
        s, th, w = self.where.state, where.theta, where.world
        self.seen = len(where.rows_of_events)
        self.contributions = np.zeros(s.partner.shape[1])
        if self.open_fund and s.place[FUND_OPEN] < 0.5:
            self.totals["forfeited"] -= self.fund
            self.fund = 0.0
        elif self.open_fund:
            payers = np.flatnonzero(w.trait[T_PAYER] > 0.5)
            others = min(1.0, self.fund / (60.0 * max(1, len(payers))))
            seated = np.flatnonzero(s.partner[AT_TABLE] > 0.5)
            for i in payers:
                if i not in seated:
                    continue
                trust = [s.pair[TRUST, i, j] for j in seated if j != i]
                p = s.partner[:, i]
                unfair = (p[COST_SHARE] - p[BENEFIT_SHARE]) * (1.0 - s.place[GAIN_SHARE])
                willing = sigma(
                    th.fund_base + th.fund_trust * sum(trust) / max(1, len(trust))
                    + th.fund_others * others
                    - th.fund_deficit * min(1.0, p[DEFICIT] / max(1.0, p[BUDGET]))
                    - th.fund_fairness * unfair
                )  # fmt: skip
                self.contributions[i] = 0.3 * p[BUDGET] * willing
            self.fund += self.contributions.sum()
            spent = self.fund / 4.0
            self.fund -= spent
            self.totals["paid in"] += self.contributions.sum()
            self.totals["spent"] -= spent
            per_head = 1000.0 * spent / w.setting[W_POPULATION]
            bought = min(2.0, self.home_care + 0.004 * per_head)
            same(bought, s.place[HOME_CARE], "home care bought")
        same(self.was.partner[PAID] + self.contributions, s.partner[PAID], "what each has paid in")
        same(self.fund, s.place[FUND], "pooled fund after paying in")

    def _projects(self, where: Locality) -> None:
        """Line 6: a case that is approved, an experiment out of the pooled fund (7.8, 7.11)."""
        self.realised = float(self.was.place[REALISED])
        pooled = bool(where.state.place[FUND_OPEN])
        for code, _a, _b, what, value in where.rows_of_events[self.seen :].tolist():
            if code == V_CASE:
                assert 150.0 <= value <= 300.0
                self.money += value
                self.totals["business cases"] += value
            elif code == V_STARTED and where.state.project[BY_MOVE, int(what) // 16] == 0.0:
                assert pooled
                assert self.fund >= 20.0
                self.fund -= 20.0
                self.totals["experiments"] -= 20.0
            elif code == V_EMBEDDED:
                self.realised += 6.0 + 30.0 * where.state.project[AMBITION, int(what) // 16]
        same(self.money, where.state.place[MONEY], "transformation fund after projects")
        same(self.fund, where.state.place[FUND], "pooled fund after projects")

    def _before(self, where: Locality) -> None:
        self.last = self._copy()
        same(self.deficit, where.state.partner[DEFICIT], "deficits before the finances")

    def _finances(self, where: Locality) -> None:
        """Line 9: costs by cost share, savings by benefit share, deficits (7.15, 7.16)."""
        s, th, w, last = where.state, where.theta, where.world, self.last
        weight = np.triu(s.pair[DEPENDENCE], 1)
        joint = float((weight * s.pair[JOINT]).sum() / max(1e-9, weight.sum()))
        winter = 0.04 if s.place[SEVERE_WINTER] > 0.0 else 0.0
        short = s.place[DEMAND] * (1.0 + winter) - s.place[HOME_CARE] * (1.0 + 0.25 * joint)
        pays_for_care = (w.trait[T_COUNCIL] > 0.5) | (w.trait[T_PAYER] > 0.5)
        deficit = self.deficit + 0.6 * max(0.0, short) * pays_for_care

        grown = max(0.0, s.lagged[LAG_JOINT] - s.place[JOINT_START])
        saved = th.saving_share * 0.4 * 1.6 * w.setting[W_POPULATION] / 1000.0
        saved *= w.base[M_ADMISSIONS] * th.max_admission_effect * grown / 0.5
        saved *= 1.0 - th.no_effect_on_admissions
        cost = 0.5 * s.place[PROJECTS_EMBEDDED] + 10.0 * joint
        costs, benefits = s.partner[COST_SHARE], s.partner[BENEFIT_SHARE]
        same([costs.sum(), benefits.sum()], [1.0, 1.0], "shares")
        g = s.place[GAIN_SHARE]
        benefits = benefits + 0.5 * g * (costs - benefits)
        same(benefits.sum(), 1.0, "benefit shares, the gain shared")
        same(last.partner[PAID] + cost * costs, s.partner[PAID], "what each has paid")
        same(last.partner[SAVED] + saved * benefits, s.partner[SAVED], "what each has saved")
        deficit = np.maximum(0.0, 0.98 * deficit - 0.2 * saved * benefits)
        same(deficit, s.partner[DEFICIT], "deficits at the end of the month")
        embedded = s.place[PROJECTS_EMBEDDED]
        realised = 0.9 * self.realised + 0.1 * (saved + 3.0 * embedded)
        same(realised, s.place[REALISED], "what has been realised")
        self.totals["joint work"] += cost
        self.totals["saved"] += saved
        same(self.totals["joint work"] + self.totals["paid in"], s.partner[PAID].sum(), "all paid")
        same(self.totals["saved"], s.partner[SAVED].sum(), "all saved")
        same([self.money, self.fund], [s.place[MONEY], s.place[FUND]], "at the end of the month")
        self.closing = {MONEY: self.money, FUND: self.fund}
        self.months += 1

    # --- what the clerk looks up --------------------------------------------------------------

    def _rows(self, start: float, stop: float) -> list[np.ndarray]:
        rows = self.where.world.effect[int(start) : int(stop)]
        return [row for row in rows if int(row[R_EFFECT]) in MONEYED]

    def _copy(self) -> State:
        return copy_state(self.where.state, self.where.names.shape)
