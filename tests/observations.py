"""Hand-made Observations: what the front end is drawn from in tests, no model needed."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from sim.observation import Card, MatterSeen, Observation, PartnerSeen, ProjectSeen, TieSeen

PEOPLE = (
    ("council", "Northmarsh Council", "council", "landmark"),
    ("hospital", "St Brannock’s Hospital", "health", "hospital"),
    ("gps", "Marsh GP Federation", "health", "stethoscope"),
    ("community", "Community Health Services", "health", "heart-pulse"),
    ("charity", "Voluntary Action Northmarsh", "voluntary", "hand-heart"),
    ("police", "Northmarsh Police", "police", "shield"),
    ("mind", "Mental Health Partnership", "health", "brain"),
    ("homes", "Marshland Homes", "housing", "house"),
    ("home-care", "Care at Home Ltd", "business", "store"),
    ("residents", "Residents’ Forum", "residents", "users"),
    ("college", "College of Northmarsh", "education", "graduation-cap"),
    ("chamber", "Chamber of Trade", "business", "briefcase"),
    ("district", "Fenside District Council", "council", "building-2"),
    ("ambulance", "Ambulance Service", "health", "ambulance"),
)


def partner(k: int, *, at_table: bool = True, **changes: object) -> PartnerSeen:
    id, name, sector, icon = PEOPLE[k]
    seen = PartnerSeen(
        id=id,
        name=name,
        sector=sector,
        icon=icon,
        at_table=at_table,
        stretch=2,
        contact=1,
        credibility=2,
        leader="Director of Adult Social Care",
        new_leader=False,
        leaving=False,
        last_reply="",
        merged_with="",
        reorganising=False,
    )
    return replace(seen, **changes)  # type: ignore[arg-type]


def tie(a: str, b: str, **changes: object) -> TieSeen:
    seen = TieSeen(
        a=a,
        b=b,
        trust_ab=2,
        trust_ba=2,
        change=0,
        dancing=0,
        tokens=0,
        tension_surfaced=False,
        dispute=False,
        joint=0,
        depends=False,
    )
    return replace(seen, **changes)  # type: ignore[arg-type]


def card(
    move: str,
    name: str,
    first: str,
    second: str,
    icon: str,
    *,
    family: str = "relating",
    places: int = 1,
    cost: int = 0,
    reason: str = "",
    target: str = "some",
    least: int = 1,
    most: int = 2,
) -> Card:
    return Card(
        move=move,
        name=name,
        lines=(first, second),
        icon=icon,
        family=family,
        places=places,
        cost=cost,
        playable=not reason,
        reason=reason,
        target=target,
        least=least,
        most=most,
    )


COFFEE = card(
    "coffee",
    "Coffee",
    "Two of them, or one with you. Nothing is minuted.",
    "Somebody may tell you something. Cliques form, too.",
    "coffee",
    target="one_or_pair",
)
HONEST = card(
    "honest_conversation",
    "Say it to them",
    "Two partners say what they have been avoiding.",
    "It clears the air, or it costs what trust there was.",
    "messages-square",
    target="pair",
    least=2,
)
LISTEN = card(
    "listen",
    "Say nothing and listen",
    "An afternoon with one partner: what it wants, what it fears.",
    "It takes an afternoon.",
    "ear",
    family="perceiving",
    target="one",
    most=1,
)
SMALL = card(
    "small_experiment",
    "Try something small",
    "Two or three of them try one thing in one street.",
    "It may fail, and somebody may be blamed.",
    "flask-conical",
    family="doing",
    cost=20,
    least=2,
    most=3,
)
CASE = card(
    "business_case",
    "Business case",
    "Months of work; then money, if it is approved.",
    "Hopeful sums; experiments wait for the answer.",
    "file-text",
    family="structuring",
    places=2,
    cost=30,
    target="everybody",
    least=0,
    most=0,
)
LEARN = card(
    "learning_set",
    "Learn together on a live problem",
    "Chiefs bring a real problem and coach one another.",
    "Slow; and leavers take it with them.",
    "lightbulb",
    family="thinking",
    places=2,
    cost=15,
    least=3,
    most=6,
)
HANDOVER = card(
    "handover",
    "A proper handover",
    "The leader who goes introduces the one who comes.",
    "Nobody sees it. What was built survives.",
    "key-round",
    target="leaving",
    most=1,
    reason="Nobody has said that they are leaving.",
)
TARGET = card(
    "target_and_grant",
    "Target and grant",
    "One number, a grant, a monthly return.",
    "The number moves; what nobody counts moves the other way.",
    "target",
    family="directing",
    cost=500,
    target="measure",
    least=0,
    most=0,
)
BOARD = card(
    "governance",
    "Board or memorandum",
    "Terms of reference, shared or with one in the lead.",
    "Legitimacy, and somewhere new to be polite.",
    "scroll-text",
    family="structuring",
    places=2,
    cost=5,
    target="form",
    least=0,
    most=1,
)
GENEROUS = card(
    "act_generously",
    "Give something up",
    "One partner gives another something it needs.",
    "It is remembered, or it is taken for granted.",
    "gift",
    family="feeling",
    cost=50,
    target="from_to",
    least=2,
)
REORGANISE = card(
    "restructure",
    "Reorganise",
    "Merge two of them: one chart, one chief.",
    "Clear lines, and a year and a half of nothing else.",
    "network",
    family="structuring",
    places=3,
    cost=300,
    target="pair",
    least=2,
)
HAND = (COFFEE, HONEST, LISTEN, SMALL, CASE, LEARN, HANDOVER)
DRAWER = (*HAND, TARGET, BOARD, GENEROUS, REORGANISE)

LATE = MatterSeen(
    id="late-discharges",
    a="council",
    b="hospital",
    said_instead="“We value our partnership with the hospital, and winter is well in hand.”",
    left_unsaid="",
    status="avoided",
    confided_by="",
    confidence="none",
    live=True,
)


def _measures(month: int) -> dict[str, float]:
    return {
        "staff_joint_working": 48.0 + month * 0.2,
        "delayed_transfers": 9.7 + month * 0.1,
        "emergency_admissions": 7.5 + month * 0.02,
        "care_home_admissions": 659.0,
        "reablement_at_home": 82.0,
        "resident_experience": 54.0 - month * 0.1,
        "unmet_need": 0.12,
        "spend_per_head": 118.0,
        "who_pays": 0.62,
        "who_saves": 0.71,
        "eruptions": 0.0,
        "disputes_open": 0.0,
        "projects_started": 1.0,
        "projects_succeeded": 0.0,
        "projects_failed": 0.0,
        "projects_embedded": 0.0,
        "agreement_month": 0.0,
        "forecast_saving": 0.0,
        "realised_saving": 0.0,
        "partnership_holds": 1.0,
    }


def _series(month: int) -> tuple[dict[str, tuple[float, ...]], dict[str, tuple[float, ...]]]:
    ours = {
        "emergency_admissions": tuple(
            7.5 + 0.02 * k + (0.25 if k % 12 in (8, 9, 10) else 0) for k in range(month + 1)
        ),
        "delayed_transfers": tuple(9.7 + 0.05 * k for k in range(month + 1)),
        "staff_joint_working": tuple(48 + 0.2 * k for k in range(month + 1)),
    }
    still = {name: tuple(v * (1 + 0.002 * k) for k, v in enumerate(s)) for name, s in ours.items()}
    return ours, still


def observation(
    partners: tuple[PartnerSeen, ...],
    ties: tuple[TieSeen, ...],
    *,
    month: int = 0,
    **changes: object,
) -> Observation:
    series, no_moves = _series(month)
    seen = Observation(
        scenario="dancing-around-the-table",
        title="Dancing around the table",
        month=month,
        turn=1 + month // 3,
        turns=8,
        turn_months=3,
        act="The polite act",
        visibility="felt",
        partners=partners,
        ties=ties,
        matters=(),
        projects=(),
        live=LATE,
        measures=_measures(month),
        series=series,
        no_moves=no_moves,
        backing=4,
        places=3,
        money=900.0,
        hand=HAND,
        drawer=DRAWER,
        narrative=1,
        governance="none",
        facilitator=False,
        promise="No one waits past Christmas for a package of care",
    )
    return replace(seen, **changes)  # type: ignore[arg-type]


def _ties(partners: tuple[PartnerSeen, ...], changes: dict[tuple[str, str], dict[str, object]]):
    depend = {(k, (k + step) % len(partners)) for k in range(len(partners)) for step in (1, 3)}
    index = {p.id: k for k, p in enumerate(partners)}
    ties = []
    for a, b in combinations((p.id for p in partners), 2):
        i, j = index[a], index[b]
        base: dict[str, object] = {
            "depends": (i, j) in depend or (j, i) in depend,
            "trust_ab": (i * 2 + j) % 5,
            "trust_ba": (i + j * 3) % 5,
        }
        ties.append(tie(a, b, **base | changes.get((a, b), {})))
    return tuple(ties)


def quiet_start() -> Observation:
    """Ten partners, two of them not at the table, nothing has happened yet."""
    partners = tuple(partner(k, at_table=k < 8) for k in range(10))
    return observation(partners, _ties(partners, {}))


def three_partners() -> Observation:
    """The smallest table."""
    partners = tuple(partner(k) for k in range(3))
    changes: dict[tuple[str, str], dict[str, object]] = {
        ("council", "hospital"): {"tokens": 1, "dancing": 2, "depends": True}
    }
    return observation(partners, _ties(partners, changes), month=3)


def mid_play() -> Observation:
    """Month 14: tokens, dancing of every level, a surfaced tension, a dispute, projects."""
    marks: dict[str, dict[str, object]] = {
        "police": {"leaving": True},
        "gps": {"new_leader": True, "last_reply": "deputy"},
        "community": {"reorganising": True},
        "hospital": {"last_reply": "full"},
    }
    partners = tuple(partner(k, at_table=k != 9, **marks.get(PEOPLE[k][0], {})) for k in range(10))
    changes: dict[tuple[str, str], dict[str, object]] = {
        ("council", "hospital"): {
            "tokens": 3, "dancing": 3, "trust_ab": 1, "trust_ba": 0, "change": -1,
        },
        ("council", "gps"): {"tokens": 1, "dancing": 1},
        ("community", "mind"): {"tokens": 2, "dancing": 2},
        ("hospital", "gps"): {"tension_surfaced": True, "trust_ab": 1, "trust_ba": 1},
        ("council", "homes"): {"dispute": True, "trust_ab": 0, "trust_ba": 1, "change": -1},
        ("gps", "charity"): {"joint": 2, "trust_ab": 3, "trust_ba": 4, "change": 1},
        ("community", "homes"): {"joint": 3, "trust_ab": 3, "trust_ba": 3},
        ("charity", "police"): {"joint": 4, "trust_ab": 4, "trust_ba": 4, "change": 1},
    }  # fmt: skip
    projects = (
        ProjectSeen(0, "small_experiment", ("gps", "charity"), "running", 2, False),
        ProjectSeen(1, "clumsy_solution", ("community", "homes", "mind"), "delivered", 9, False),
        ProjectSeen(2, "pilot", ("charity", "police"), "embedded", 14, False),
        ProjectSeen(3, "joint_team", ("hospital", "community"), "running", 4, True),
    )
    matters = (
        replace(LATE, live=False),
        MatterSeen(
            "who-pays", "council", "gps", "“The new model is cost-neutral.”",
            "You moved the cost to us and called it prevention.", "confided", "gps", "held",
        ),
        MatterSeen(
            "weekends", "hospital", "gps", "“Seven-day working is progressing.”",
            "Your surgeries shut on Friday and we are full by Sunday.", "surfaced", "", "none",
        ),
    )  # fmt: skip
    return observation(
        partners,
        _ties(partners, changes),
        month=14,
        turn=5,
        turn_months=6,
        act="Trouble",
        projects=projects,
        matters=matters,
        backing=2,
        money=645.0,
        places=2,
        facilitator=True,
        standing=("outside_facilitator",),
    )


def fourteen() -> Observation:
    """As many partners as a table in play can have, three of them outside, much going on."""
    partners = tuple(
        partner(k, at_table=k not in (8, 9, 13), leaving=k == 5, new_leader=k == 2)
        for k in range(14)
    )
    changes: dict[tuple[str, str], dict[str, object]] = {
        ("council", "hospital"): {"tokens": 3, "dancing": 3, "change": -1},
        ("council", "mind"): {"tokens": 1, "dancing": 1},
        ("hospital", "college"): {"tokens": 2, "dancing": 2},
        ("gps", "chamber"): {"tension_surfaced": True},
        ("police", "district"): {"dispute": True, "trust_ab": 0, "trust_ba": 0},
        ("charity", "homes"): {"joint": 3, "trust_ab": 3, "trust_ba": 4, "change": 1},
        ("community", "homes"): {"tokens": 1, "dancing": 1},
        ("mind", "college"): {"dispute": True},
    }
    projects = tuple(
        ProjectSeen(slot, kind, members, stage, 3, False)
        for slot, (kind, members, stage) in enumerate(
            (
                ("pilot", ("charity", "homes"), "embedded"),
                ("small_experiment", ("gps", "mind"), "running"),
                ("programme", ("council", "district", "hospital"), "delivered"),
                ("joint_team", ("community", "college"), "running"),
                ("clumsy_solution", ("police", "mind", "chamber"), "embedded"),
            )
        )
    )
    return observation(
        partners, _ties(partners, changes), month=20, turn=5, turn_months=6, projects=projects
    )
