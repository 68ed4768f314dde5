"""Names of everything the group can see, parallel to :mod:`sim.fields`.

Levels and trust stand in :class:`Seen` as the number of their *word* (.1 .3 .5 .7 .9, and
.1 .3 .45 .6 .8 for trust), so that ``slack(council) < middling`` says in a playbook what it
says in a scenario; -1 stands for what is not known.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from sim.fields import LEVEL_WORDS, MEASURES, TRUST_WORDS, Group, Scale, Term
from sim.state import Array

SEEN_PARTNER: Final = (
    "at_table", "slack", "contact", "credibility", "commitment", "power", "leaving", "handover",
    "new_leader", "merged", "reorganising", "payer", "commissioner", "provider", "hospital",
    "home_care", "chief", "projects", "tokens",
)  # fmt: skip
(
    P_TABLE, P_SLACK, P_CONTACT, P_CREDIBILITY, P_COMMITMENT, P_POWER, P_LEAVING, P_HANDOVER,
    P_NEW_LEADER, P_MERGED, P_REORGANISING, P_PAYER, P_COMMISSIONER, P_PROVIDER, P_HOSPITAL,
    P_HOME_CARE, P_CHIEF, P_PROJECTS, P_TOKENS,
) = range(len(SEEN_PARTNER))  # fmt: skip

SEEN_PAIR: Final = (
    "trust",
    "change",
    "dancing",
    "tokens",
    "surfaced",
    "dispute",
    "joint",
    "depends",
    "project",
)
(
    Q_TRUST, Q_CHANGE, Q_DANCING, Q_TOKENS, Q_SURFACED, Q_DISPUTE, Q_JOINT, Q_DEPENDS, Q_PROJECT,
) = range(len(SEEN_PAIR))  # fmt: skip

SEEN_MATTER: Final = ("known", "first", "second", "avoided", "confidence", "told_by", "live")
X_KNOWN, X_FIRST, X_SECOND, X_AVOIDED, X_CONFIDENCE, X_TOLD_BY, X_LIVE = range(len(SEEN_MATTER))
UNKNOWN, SEEN_AVOIDED, SEEN_CONFIDED, SEEN_SURFACED, SEEN_THROUGH, SEEN_ERUPTED = range(6)

SEEN_PLACE: Final = (
    "month", "turn", "turn_months", "turns_left", "money", "places", "governance_form", "lead",
    "governance", "fund_open", "backing", "case_running", "facilitator", "free_slots", "running",
    "delivered", "embedded", "succeeded", "failed", "eruptions", "disputes", "live", "live_first",
    "live_second", "narrative", "seats", "outside", "leaving_anyone", "confidences", "crisis",
    "kind", "taken_over", "lowest_trust", "most_tokens", "ended",
)  # fmt: skip
(
    L_MONTH, L_TURN, L_TURN_MONTHS, L_TURNS_LEFT, L_MONEY, L_PLACES, L_FORM, L_LEAD,
    L_GOVERNANCE, L_FUND_OPEN, L_BACKING, L_CASE, L_FACILITATOR, L_FREE_SLOTS, L_RUNNING,
    L_DELIVERED, L_EMBEDDED, L_SUCCEEDED, L_FAILED, L_ERUPTIONS, L_DISPUTES, L_LIVE, L_LIVE_FIRST,
    L_LIVE_SECOND, L_NARRATIVE, L_SEATS, L_OUTSIDE, L_LEAVING, L_CONFIDENCES, L_CRISIS, L_KIND,
    L_TAKEN_OVER, L_LOWEST_TRUST, L_MOST_TOKENS, L_ENDED,
) = range(len(SEEN_PLACE))  # fmt: skip

LEVEL_VALUES: Final = tuple(LEVEL_WORDS.values())
TRUST_VALUES: Final = tuple(TRUST_WORDS.values())
BLUR: Final = 0.08
"""Standard deviation of what people make of a trust or an energy that is not theirs."""

HIDDEN: Final = -1
LAGS: Final[dict[str, int]] = {
    "trust": HIDDEN, "tension": HIDDEN, "understanding": HIDDEN, "integration": HIDDEN,
    "partnership_holds": HIDDEN, "delayed_transfers": 1, "emergency_admissions": 2,
    "care_home_admissions": 6, "reablement_at_home": 6, "resident_experience": 6,
    "unmet_need": 3, "spend_per_head": 3, "who_pays": 3, "who_saves": 3, "realised_saving": 3,
}  # fmt: skip
"""Months until a measure is published; HIDDEN for what nobody measures in play."""

MEASURE_LAG: Final = tuple(LAGS.get(name, 0) for name in MEASURES)


class Seen(NamedTuple):
    """What can be seen now, as float64 arrays (rows: the tables above)."""

    partner: Array  # [field, i]
    pair: Array  # [field, i, j]
    matter: Array  # [field, m]
    place: Array  # [field]
    measure: Array  # [M], as last reported, -1 for what is hidden
    hand: Array  # [move], 1 for a card that lies in the hand
    standing: Array  # [move], 1 for a move that holds a place until it is stopped


def empty_seen(partners: int, matters: int, moves: int) -> Seen:
    """Arrays of zeros for so many partners, matters and moves."""
    return Seen(
        np.zeros((len(SEEN_PARTNER), partners)),
        np.zeros((len(SEEN_PAIR), partners, partners)),
        np.zeros((len(SEEN_MATTER), max(1, matters))),
        np.zeros(len(SEEN_PLACE)),
        np.zeros(len(MEASURES)),
        np.zeros(moves),
        np.zeros(moves),
    )


_SENTENCES: Final[dict[Group, dict[str, str]]] = {
    "partner": {
        "at_table": "1 at the table, 0 outside",
        "slack": "room in the diary, as it looks, 0 to 1",
        "contact": "how well the players know this partner, 0 to 1",
        "credibility": "what the players' word is worth there, 0 to 1",
        "commitment": "energy for the shared purpose, as it looks, 0 to 1",
        "power": "weight at the table, 0 to 1",
        "leaving": "months until an announced departure, 0 for none",
        "handover": "1 when a proper handover has been arranged",
        "new_leader": "1 in a leader's first six months",
        "reorganising": "months of reorganisation still to run",
        "projects": "joint projects it is running",
        "tokens": "matters it has been seen to avoid, still unsaid",
    },
    "pair": {
        "trust": "the first partner's trust in the second, as it looks, 0 to 1",
        "dancing": "how often they have been seen to avoid something, 0 to 3",
        "tokens": "matters between them seen avoided, still unsaid",
        "surfaced": "1 when something was said and is not worked through",
        "dispute": "1 in open dispute",
        "joint": "joint working, as it looks, 0 to 1",
        "depends": "1 when they need each other for residents",
        "project": "joint projects they are running together",
    },
    "matter": {"known": "0 not seen, 1 avoided, 2 confided, 3 surfaced, 4 worked through, 5 row"},
    "place": {
        "month": "months lived so far",
        "turn": "turns opened so far",
        "turn_months": "months in this turn",
        "turns_left": "turns after this one",
        "money": "transformation fund left, thousand pounds",
        "places": "places left in the diary beside standing moves",
        "governance_form": "0 none, 1 shared, 2 a lead agency",
        "governance": "strength of governance, as it looks, 0 to 1",
        "fund_open": "1 once budgets are pooled",
        "backing": "candles of those above, 0 to 5",
        "case_running": "months until the business case is decided, 0 for none",
        "facilitator": "1 while an outsider holds the room",
        "free_slots": "joint projects there is room for",
        "running": "joint projects running",
        "delivered": "joint projects delivered and not yet the way things are done",
        "embedded": "joint projects that have become the way things are done",
        "succeeded": "joint projects that succeeded so far",
        "failed": "joint projects that failed so far",
        "eruptions": "eruptions so far",
        "disputes": "pairs in open dispute",
        "live": "1 when a matter lies on the table this turn",
        "narrative": "shared public narrative, as it looks, 0 to 1",
        "seats": "partners at the table",
        "outside": "partners not at the table",
        "leaving_anyone": "departures announced and not handed over",
        "confidences": "confidences held and not yet decided on",
        "crisis": "pressure of a crisis, as it looks, 0 to 1",
        "kind": "0 tame, 1 wicked, 2 critical",
        "taken_over": "month of being taken over, 0 for never",
        "lowest_trust": "the lowest trust between two who need each other, as it looks, 0 to 1",
        "most_tokens": "the most matters that one pair has been seen to avoid",
    },
    "measure": {},
}
_TABLES: Final[dict[Group, tuple[str, ...]]] = {
    "partner": SEEN_PARTNER, "pair": SEEN_PAIR, "matter": SEEN_MATTER, "place": SEEN_PLACE,
}  # fmt: skip


def _terms() -> dict[str, Term]:
    terms: dict[str, Term] = {}
    arity = {"partner": 1, "pair": 2, "matter": 1, "place": 0}
    for group, table in _TABLES.items():
        for name, sentence in _SENTENCES[group].items():
            scale: Scale = "number"
            if "as it looks" in sentence or name in ("contact", "credibility", "power"):
                scale = "trust" if "trust" in name else "level"
            # "tokens" of one and of two: the pair's keeps its own name
            key = f"pair_{name}" if name in terms else name
            terms[key] = Term(key, group, table.index(name), arity[group], scale, sentence)
    for index, name in enumerate(MEASURES):
        if LAGS.get(name, 0) != HIDDEN and name not in terms:
            terms[name] = Term(
                name, "measure", index, 0, "number", f"{name}, as it was last reported"
            )
    return terms


SEEN_TERMS: Final[dict[str, Term]] = _terms()
"""What conditions in playbooks may name: only what can be seen."""
