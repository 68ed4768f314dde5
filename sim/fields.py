"""Names of everything a locality keeps, and the words a condition may use for them.

The state of a locality is a handful of arrays (see :mod:`sim.state`), each with
one row a *field*.  Rules read ``s.pair[TRUST, i, j]``: the constants below are the
row numbers.  They are plain integers because the rules must run both as Python and
as compiled code.

Conditions (:mod:`sim.expressions`) name the same fields in lower case:
``trust(council, hospital) < wary and month >= 12``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

# --- one partner: partner[FIELD, i] -------------------------------------------------
PARTNER_FIELDS: Final = (
    "avoidance",  # disposition to leave difficult things unsaid, 0..1
    "safety",  # felt safety to speak and to fail, 0..1
    "commitment",  # energy for the shared purpose, 0..1
    "capability",  # systems-leadership skill, 0..1
    "slack",  # 1 - stretch, 0..1
    "slack_anchor",  # where slack recovers to, 0..1
    "budget",  # discretionary money, thousand pounds a month
    "deficit",  # shortfall, thousand pounds a month
    "power",  # weight at the table, 0..1
    "at_table",  # 1 at the table, 0 outside
    "tenure",  # months the present leader has been in post
    "leaving",  # months until an announced departure, 0 for none
    "handover",  # 1 when a proper handover has been arranged
    "contact",  # how well the players know this partner, 0..1
    "credibility",  # what the players' word is worth there, 0..1
    "asked",  # times asked by the players this turn
    "warmth",  # this turn's glow from short, pleasant meetings, 0..1
    "merged_with",  # 1 + row of the partner it was merged into, 0 for none
    "reorganising",  # months of reorganisation still to run
    "cost_share",  # share of the cost of joint work, sums to 1
    "benefit_share",  # share of its savings, sums to 1
    "paid",  # spent on joint work so far, thousand pounds
    "saved",  # saved by joint work so far, thousand pounds
    "own_activity",  # own demand served this month, 1 = the first month's
    "skill_months",  # months for which skill growth is still funded
    "leaders",  # leaders who have left so far
    "obeyed",  # habit of waiting for orders, 0..1
)
(
    AVOIDANCE, SAFETY, COMMITMENT, CAPABILITY, SLACK, SLACK_ANCHOR, BUDGET, DEFICIT,
    POWER, AT_TABLE, TENURE, LEAVING, HANDOVER, CONTACT, CREDIBILITY, ASKED, WARMTH,
    MERGED_WITH, REORGANISING, COST_SHARE, BENEFIT_SHARE, PAID, SAVED, OWN_ACTIVITY,
    SKILL_MONTHS, LEADERS, OBEYED,
) = range(len(PARTNER_FIELDS))  # fmt: skip

# --- an ordered or unordered pair: pair[FIELD, i, j] ---------------------------------
PAIR_FIELDS: Final = (
    "trust",  # i's trust in j, 0..1 (ordered)
    "history",  # good experiences i has of j, >= 0 (ordered)
    "tension",  # what has been left unsaid, 0..1.5: the sum of the pair's matters
    "understanding",  # of each other's constraints, 0..1
    "meeting",  # chance of an informal meeting in a month, 0..1
    "dispute",  # months of open conflict still running
    "joint",  # joint working X, 0..1
    "joint_floor",  # what embedded projects keep standing, 0..1
    "dependence",  # who needs whom for residents, 0..1
    "candour",  # bonus for the pair's next honest conversation, 0..1
    "dancing",  # times the pair was seen to avoid a matter, fading
    "cleared",  # months for which a row has cleared the air
)
(
    TRUST, HISTORY, TENSION, UNDERSTANDING, MEETING, DISPUTE, JOINT, JOINT_FLOOR,
    DEPENDENCE, CANDOUR, DANCING, CLEARED,
) = range(len(PAIR_FIELDS))  # fmt: skip

# --- a matter, a thing left unsaid: matter[FIELD, m] ---------------------------------
MATTER_FIELDS: Final = (
    "first",  # row of one partner of the pair
    "second",  # row of the other
    "axis",  # the axis on which they differ
    "weight",  # 0..1.5
    "status",  # DORMANT .. ERUPTED
    "seen",  # times everybody saw it avoided at the board
    "confided_by",  # 1 + row of the partner who confided it to the players, 0 for none
    "confidence",  # what the players did with it: CONFIDENCE_NONE ..
    "raised",  # times it was raised
)
FIRST, SECOND, AXIS, WEIGHT, STATUS, SEEN, CONFIDED_BY, CONFIDENCE, RAISED = range(
    len(MATTER_FIELDS)
)
MATTER_STATUSES: Final = ("dormant", "latent", "confided", "surfaced", "worked_through", "erupted")
DORMANT, LATENT, CONFIDED, SURFACED, WORKED_THROUGH, ERUPTED = range(len(MATTER_STATUSES))
CONFIDENCE_STATES: Final = ("none", "held", "kept", "go_back", "used")
CONFIDENCE_NONE, CONFIDENCE_HELD, CONFIDENCE_KEPT, CONFIDENCE_BACK, CONFIDENCE_USED = range(
    len(CONFIDENCE_STATES)
)

# --- a project slot: project[FIELD, p]; who belongs to it: member[p, i] --------------
PROJECT_FIELDS: Final = (
    "kind",  # 0 for an empty slot, else 1 + place in PROJECT_KINDS
    "ambition",  # 0..1
    "stage",  # STARTING .. ENDED
    "age",  # months since it started
    "length",  # months until its result
    "energy",  # extra push from backing the willing, 0..1
    "mandated",  # 1 when it started by mandate
    "start_month",  # month it started in, part of its luck
    "stalled",  # months it stands still
    "key",  # 32 bits that key its draws
    "move",  # 1 + row of the move that started it, 0 when it spread by itself
    "rooted",  # months of attention since it delivered: what embedding takes
)
(
    KIND, AMBITION, STAGE, AGE, LENGTH, ENERGY, MANDATED, START_MONTH, STALLED, KEY, BY_MOVE,
    ROOTED,
) = range(len(PROJECT_FIELDS))  # fmt: skip
PROJECT_KINDS: Final = ("small_experiment", "clumsy_solution", "pilot", "programme", "joint_team")
SMALL_EXPERIMENT, CLUMSY_SOLUTION, PILOT, PROGRAMME, JOINT_TEAM = range(1, 6)
PROJECT_STAGES: Final = ("empty", "running", "delivered", "embedded")
EMPTY, RUNNING, DELIVERED, EMBEDDED = range(len(PROJECT_STAGES))
PROJECT_SLOTS: Final = 12

# --- where a partner stands: position[WHEN, i, axis] ---------------------------------
POS_NOW, POS_FIRST = range(2)

# --- the locality: place[FIELD] ------------------------------------------------------
PLACE_FIELDS: Final = (
    "month",  # months lived so far; the month being run is month + 1
    "turn",  # turns opened so far (1 = first)
    "turn_month",  # first month of the present turn
    "narrative",  # N, 0..1
    "governance",  # G, 0..1
    "governance_form",  # FORM_NONE, FORM_SHARED, FORM_LEAD
    "lead",  # row of the lead agency, when there is one
    "fund",  # pooled fund, thousand pounds
    "fund_open",  # 1 once budgets are pooled
    "backing",  # B, patience of those above, 0..1
    "home_care",  # home-care capacity, 1 = the first month's
    "demand",  # residents' need, 1 = the first month's
    "money",  # transformation fund left, thousand pounds
    "facilitator",  # 1 while an outsider holds the room
    "dependency",  # leaning on the outsider, 0..1
    "mandate",  # strength of orders from above, 0..1, fades
    "shared_framing",  # how far the board sees the problem alike, 0..1, fades
    "gain_share",  # how far costs and benefits have been realigned, 0..1
    "case_months",  # months until the business case is decided, 0 for none
    "forecast",  # forecast saving so far, thousand pounds a month
    "realised",  # realised saving, thousand pounds a month
    "promised",  # what the public narrative promised and has not delivered, 0..1
    "taken_over",  # month in which the partnership was taken over, 0 for never
    "first_agreement",  # month of the first formal agreement, 0 for none yet
    "first_delivery",  # month of the first delivered joint project, 0 for none yet
    "eruptions", "raised_badly", "raised_well", "avoided",  # counts so far
    "projects_started", "projects_succeeded", "projects_failed", "projects_embedded",
    "live_matter",  # 1 + row of the turn's live matter, 0 for none
    "live_choice",  # what the group does with it: LIVE_PASS, LIVE_SAY, LIVE_OUTSIDE
    "severe_winter",  # months of a severe winter still to run
    "crisis",  # critical problem: pressure now, 0..1
    "joint_start",  # joint working in the first month: growth counts from it
    "merged",  # pairs of partners merged
    "next_shock_turn",  # turn in which the last card from outside was shown
    "leaders_left",  # leaders who have left so far
    "ended",  # 1 after the last turn: the run goes on without moves
    "seats",  # partners at the table
)  # fmt: skip
(
    MONTH, TURN, TURN_MONTH, NARRATIVE, GOVERNANCE, GOVERNANCE_FORM, LEAD, FUND, FUND_OPEN,
    BACKING, HOME_CARE, DEMAND, MONEY, FACILITATOR, DEPENDENCY, MANDATE, SHARED_FRAMING,
    GAIN_SHARE, CASE_MONTHS, FORECAST, REALISED, PROMISED, TAKEN_OVER, FIRST_AGREEMENT,
    FIRST_DELIVERY, ERUPTIONS, RAISED_BADLY, RAISED_WELL, AVOIDED, PROJECTS_STARTED,
    PROJECTS_SUCCEEDED, PROJECTS_FAILED, PROJECTS_EMBEDDED, LIVE_MATTER, LIVE_CHOICE,
    SEVERE_WINTER, CRISIS, JOINT_START, MERGED, SHOCK_TURN, LEADERS_LEFT, ENDED, SEATS,
) = range(len(PLACE_FIELDS))  # fmt: skip
GOVERNANCE_FORMS: Final = ("none", "shared", "lead")
FORM_NONE, FORM_SHARED, FORM_LEAD = range(3)
LIVE_CHOICES: Final = ("let_it_pass", "say_it_here", "take_it_outside")
LIVE_PASS, LIVE_SAY, LIVE_OUTSIDE = range(3)

# --- measures: measure[M] now, history[M, month] -------------------------------------
MEASURES: Final = (
    "staff_joint_working",  # %, leading
    "trust",  # mean over dependent pairs, 0..1, leading
    "tension",  # mean over dependent pairs, leading
    "understanding",  # mean over dependent pairs, 0..1, leading
    "integration",  # joint working weighted by dependence, 0..1, leading
    "delayed_transfers",  # per 100,000 adults a day, medium
    "emergency_admissions",  # per 1,000 people a month, lagging
    "care_home_admissions",  # per 100,000 aged 65+ a year, lagging
    "reablement_at_home",  # % still at home after 91 days, lagging
    "resident_experience",  # %, lagging
    "unmet_need",  # share of need, lagging
    "spend_per_head",  # pounds a month, lagging
    "who_pays",  # largest payer's share of what joint work has cost, 0..1
    "who_saves",  # largest saver's share of what it has saved, 0..1
    "eruptions", "disputes_open", "projects_started", "projects_succeeded",
    "projects_failed", "projects_embedded",  # process
    "agreement_month",  # first agreement and first delivery, 0 while there is none
    "forecast_saving", "realised_saving",  # thousand pounds a month
    "partnership_holds",  # 1 or 0
)  # fmt: skip
(
    M_STAFF, M_TRUST, M_TENSION, M_UNDERSTANDING, M_INTEGRATION, M_DELAYS, M_ADMISSIONS,
    M_CARE_HOMES, M_REABLEMENT, M_EXPERIENCE, M_UNMET, M_SPEND, M_WHO_PAYS, M_WHO_SAVES,
    M_ERUPTIONS, M_DISPUTES, M_STARTED, M_SUCCEEDED, M_FAILED, M_EMBEDDED, M_AGREEMENT,
    M_FORECAST, M_REALISED, M_HOLDS,
) = range(len(MEASURES))  # fmt: skip
HORIZON: Final = 120  # the longest run, months

# --- what a measure is made of, over what it was at the start: part[M, PART] -----------
MEASURE_PARTS: Final = (
    "trend",  # more people need more, every year
    "season",  # the time of year, a severe winter
    "case_finding",  # need found because services work together
    "integration",  # joint working that has reached residents, or staff
    "effort",  # targets and grants
    "demand",  # residents' need
    "capacity",  # home care
    "crisis",  # the pressure of one
    "admissions",  # emergency admissions, where another measure follows them
    "unmet",  # need that was not met, where another measure follows it
    "care_homes",  # care-home admissions, where spend follows them
    "trust", "understanding", "tension", "disputes",  # what staff feel at once
)  # fmt: skip

# --- effort on a measure, from a target or a grant: effort[M] -------------------------

Group = Literal["partner", "pair", "matter", "place", "measure"]
Scale = Literal["trust", "level", "number"]


@dataclass(frozen=True)
class Term:
    """One name a condition may use, and where its value stands.

    ``group`` is the array, ``field`` its row, ``arity`` how many ids follow in
    brackets (a partner, two partners, a matter, or nothing), ``scale`` which words
    (``wary``, ``high``) may stand for numbers beside it.
    """

    name: str
    group: Group
    field: int
    arity: int
    scale: Scale
    sentence: str


def _terms() -> dict[str, Term]:
    terms: dict[str, Term] = {}

    def add(names: dict[str, str], group: Group, table: tuple[str, ...], arity: int) -> None:
        for name, sentence in names.items():
            field = table.index(name)
            scale: Scale = "trust" if name == "trust" else "number"
            if sentence.endswith("0 to 1") and scale == "number":
                scale = "level"
            terms[name if name not in terms else f"{group}_{name}"] = Term(
                name, group, field, arity, scale, sentence
            )

    add(
        {
            "trust": "the first partner's trust in the second, 0 to 1",
            "tension": "what the two have left unsaid, 0 to 1.5",
            "understanding": "of each other's constraints, 0 to 1",
            "meeting": "chance of an informal meeting in a month, 0 to 1",
            "dispute": "months of open dispute still running",
            "joint": "joint working, 0 to 1",
            "dependence": "how far they need each other for residents, 0 to 1",
        },
        "pair",
        PAIR_FIELDS,
        2,
    )
    add(
        {
            "avoidance": "disposition to leave things unsaid, 0 to 1",
            "safety": "felt safety to speak and to fail, 0 to 1",
            "commitment": "energy for the shared purpose, 0 to 1",
            "capability": "systems-leadership skill, 0 to 1",
            "slack": "room in the diary, 0 to 1",
            "deficit": "shortfall, thousand pounds a month",
            "at_table": "1 at the table, 0 outside",
            "tenure": "months the leader has been in post",
            "leaving": "months until an announced departure, 0 for none",
            "contact": "how well the players know this partner, 0 to 1",
            "credibility": "what the players' word is worth there, 0 to 1",
            "leaders": "leaders who have left so far",
        },
        "partner",
        PARTNER_FIELDS,
        1,
    )
    for name, field, sentence in (
        ("weight", WEIGHT, "weight of a matter, 0 to 1.5"),
        (
            "status",
            STATUS,
            "0 dormant, 1 latent, 2 confided, 3 surfaced, 4 worked through, 5 erupted",
        ),
    ):
        terms[name] = Term(name, "matter", field, 1, "number", sentence)
    add(
        {
            "month": "months lived so far",
            "turn": "turns opened so far",
            "narrative": "shared public narrative, 0 to 1",
            "governance": "strength of governance, 0 to 1",
            "governance_form": "0 none, 1 shared, 2 a lead agency",
            "fund": "pooled fund, thousand pounds",
            "backing": "patience of those above, 0 to 1",
            "home_care": "home-care capacity, 1 at the start",
            "money": "transformation fund left, thousand pounds",
            "taken_over": "month of being taken over, 0 for never",
            "raised_badly": "matters raised badly so far",
            "raised_well": "matters raised well so far",
            "avoided": "matters avoided so far",
            "leaders_left": "leaders who have left so far",
        },
        "place",
        PLACE_FIELDS,
        0,
    )
    for index, name in enumerate(MEASURES):
        key = f"mean_{name}" if name in ("trust", "tension", "understanding") else name
        scale: Scale = "trust" if name == "trust" else "number"
        terms[key] = Term(key, "measure", index, 0, scale, f"the measure {name}")
    return terms


TERMS: Final[dict[str, Term]] = _terms()
"""What conditions in scenarios (promises, endings, injects) may name: the true state."""

TRUST_WORDS: Final = {"broken": 0.1, "wary": 0.3, "civil": 0.45, "good": 0.6, "deep": 0.8}
LEVEL_WORDS: Final = {"very low": 0.1, "low": 0.3, "middling": 0.5, "high": 0.7, "very high": 0.9}
