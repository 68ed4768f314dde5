"""Every parameter of the model: name, range, default, unit, tags, one sentence.

:class:`Theta` is what the rules read (``th.trust_gain``): a named tuple of floats,
declared once, with the facts about each value beside it.  Tags grade the evidence
for a parameter's form, direction and size separately: E1 measured between
organisations, E2 measured elsewhere (people, teams, laboratories), E3 qualitative or
theory, S the article, A assumption, T tuned.  Most sizes are A or T, and say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from sim.errors import UserError
from sim.spelling import meant
from sim.words import _


@dataclass(frozen=True)
class Parameter:
    """What is known of one parameter."""

    name: str
    group: str
    low: float
    high: float
    default: float
    unit: str
    tags: tuple[str, str, str]  # evidence for form, direction, size
    sentence: str


class ParameterError(UserError):
    """A parameter that does not exist, or a value outside its range."""


class Theta(NamedTuple):
    """One value of every parameter, in the order of :data:`PARAMETERS`."""

    initial_trust_mean: float
    initial_trust_spread: float
    trust_gain: float
    trust_asymmetry: float
    hearsay_asymmetry: float
    confirmation_bias: float
    history_cushion: float
    neglect: float
    institutional_trust: float
    trust_retained_on_turnover: float
    handover_kept: float
    hearsay_strength: float
    avoidance_mean: float
    safety_mean: float
    eruption_threshold: float
    eruption_hazard: float
    raise_base: float
    raise_avoidance: float
    raise_safety: float
    raise_trust: float
    informal_bonus: float
    well_base: float
    well_trust: float
    well_safety: float
    well_space: float
    well_understanding: float
    well_tension: float
    well_gain: float
    badly_loss: float
    worked_share: float
    divide_base: float
    severity: float
    avoided_relief: float
    avoidance_drift: float
    breach_strength: float
    dispute_months: float
    cleared_bonus: float
    cleared_readiness: float
    meeting_base: float
    contact_fade: float
    understanding_gain: float
    understanding_fade: float
    history_fade: float
    meeting_trust: float
    ask_base: float
    ask_credibility: float
    ask_trust: float
    ask_slack: float
    ask_power: float
    ask_again: float
    deputy_share: float
    deputy_effect: float
    directed_by_mandate: float
    openness: float
    stubbornness: float
    position_rate: float
    trust_weights: float
    need_pull: float
    trust_gate: float
    trust_gate_ambition: float
    optimism: float
    success_base: float
    success_trust: float
    success_capability: float
    success_energy: float
    success_ambition: float
    success_tension: float
    success_slack: float
    win_trust: float
    win_commitment: float
    blame_loss: float
    learn_gain: float
    spread_chance: float
    embed_months: float
    case_chance: float
    integration_lag: float
    outcome_lag: float
    max_admission_effect: float
    case_finding_bump: float
    joint_gate_low: float
    joint_gate_high: float
    joint_decay: float
    floor_gain: float
    home_care_recovery: float
    turnover_per_year: float
    admission_trend_per_year: float
    agenda_slots: float
    shock_rate: float
    target_power_tame: float
    target_power_wicked: float
    target_power_critical: float
    order_wear: float
    commitment_drift: float
    commitment_rest: float
    narrative_decay: float
    narrative_pull: float
    promise_breach: float
    safety_drift: float
    capability_decay: float
    slack_recovery: float
    meeting_cost: float
    project_cost: float
    effort_cost: float
    coordination_cost: float
    dispute_cost: float
    backing_decay: float
    backing_dispute: float
    backing_win: float
    backing_missed: float
    takeover_hazard: float
    governance_decay: float
    fund_base: float
    fund_trust: float
    fund_others: float
    fund_deficit: float
    fund_fairness: float
    saving_share: float
    symmetric_trust: float
    trust_follows_delivery: float
    joint_without_trust: float
    no_effect_on_admissions: float
    silence_is_harmless: float
    polite_distance_helps: float
    candour_is_a_coin_toss: float
    mandate_suffices: float


_TABLE: Final = """
trust|initial_trust_mean|.2|.8|.45|0..1|S S A|Mean trust between partners for which a scenario gives none.
trust|initial_trust_spread|.05|.25|.15|0..1|A A A|Spread of initial trust round its word, the same both ways on half of it.
trust|trust_gain|.01|.08|.04|per event|E2 E2 A|How far an ordinary good experience moves trust toward 1.
trust|trust_asymmetry|1|6|2.5|ratio|E2 E2 E2|How much more a direct bad experience weighs than a good one.
trust|hearsay_asymmetry|.5|3|1|ratio|E2 E2 A|The same for what is only heard of: about even.
trust|confirmation_bias|0|1|.4|0..1|E2 E2 A|How far those who trust see good, and those who do not see bad.
trust|history_cushion|.2|5|.8|experiences|E3 E2 A|Good experiences that halve the damage of a breach.
trust|neglect|0|.05|.02|per month|E3 E3 T|Drift of trust toward the institutional level without any contact.
trust|institutional_trust|.2|.5|.35|0..1|E3 E3 A|Trust between strangers from two organisations.
trust|trust_retained_on_turnover|.2|.8|.5|share|E2 E2 A|What is kept of trust, history and understanding when a leader leaves.
trust|handover_kept|.4|.95|.75|share|A A A|The same after a proper handover.
trust|hearsay_strength|0|2|.6|events|E2 E2 A|How strongly friends of one side feel an open row.
candour|avoidance_mean|0|1|.55|0..1|S S A|Mean disposition to leave difficult things unsaid.
candour|safety_mean|.2|.8|.45|0..1|E2 E2 A|Mean felt safety to speak and to fail.
candour|eruption_threshold|.4|.8|.76|tension|A A T|Tension above which what was left unsaid may come out by itself.
candour|eruption_hazard|.1|2|1|per month|A A T|How fast it comes out above that.
candour|raise_base|-3|1|-.9|logit|E3 A T|Readiness to raise a matter when nothing helps.
candour|raise_avoidance|0|4|2.2|logit|E3 E3 A|How far avoidance keeps a matter under the table.
candour|raise_safety|0|4|1.2|logit|E3 E3 A|How far felt safety helps to raise it.
candour|raise_trust|0|4|1.2|logit|E3 E3 A|How far trust helps to raise it.
candour|informal_bonus|0|2|.7|logit|S S A|How much easier it is to raise a matter informally.
candour|well_base|-3|2|-1.45|logit|S S T|Chance that candour goes well when nothing helps.
candour|well_trust|0|5|2|logit|E2 E2 A|What trust does for candour.
candour|well_safety|0|4|1.2|logit|E2 E2 A|What felt safety does for candour.
candour|well_space|0|3|1|logit|S S A|What a well-made space does for candour.
candour|well_understanding|0|3|.8|logit|S S A|What understanding does for candour.
candour|well_tension|0|3|.7|logit|A A A|What piled-up tension takes from candour.
candour|well_gain|0|6|3.2|events|S S T|Trust events in a matter that was raised well, in a space made for it; six tenths without.
candour|badly_loss|0|4|.8|events|E2 E2 A|Trust events in a matter that was raised badly.
candour|worked_share|.2|.9|.5|share|S S A|How much of a matter's weight goes when it is raised well.
candour|divide_base|0|1|.35|per month|A A A|Chance that a matter on the agenda divides the two.
candour|severity|.01|.2|.155|tension|A A T|Weight added when a matter that divides is avoided.
candour|avoided_relief|0|.2|.05|0..1|S S A|Glow of a short, pleasant meeting, gone after the turn.
candour|avoidance_drift|0|.2|.012|per month|S S A|How far avoiding becomes a habit that neighbours share.
candour|breach_strength|.5|8|3.6|events|S S A|Trust events in an eruption, for tension 1.
candour|dispute_months|1|8|4|months|S S A|Length of an open dispute after an eruption, for tension 1.
candour|cleared_bonus|0|2|.7|logit|S S A|How much easier candour is once a row has cleared the air.
candour|cleared_readiness|0|3|1.4|logit|S S T|How much readier the two are to raise what is left, once it has.
contact|meeting_base|0|.5|.12|per month|A A A|Chance of an informal meeting that never quite goes away.
contact|contact_fade|0|.1|.03|per month|E3 E3 A|Fading of informal meetings that nobody tends.
contact|understanding_gain|0|.2|.04|0..1|S S A|Understanding from one informal meeting.
contact|understanding_fade|0|.02|.01|per month|A A T|Fading of understanding.
contact|history_fade|0|.1|.01|per month|A A A|Fading of good history.
contact|meeting_trust|0|1|.1|events|S S T|Trust events in an informal meeting.
asking|ask_base|-2|2|.2|logit|A A T|Readiness to come when asked, when nothing helps.
asking|ask_credibility|0|4|1.6|logit|S S A|What the players' word is worth when they ask.
asking|ask_trust|0|4|1.2|logit|S S A|What trust in the others asked does.
asking|ask_slack|0|4|1.4|logit|S S A|What room in the diary does.
asking|ask_power|0|3|.6|logit|S S A|How far powerful partners find their diaries full.
asking|ask_again|0|2|.5|logit|A A A|How much harder each further request in a turn is.
asking|deputy_share|0|1|.55|share|A A A|Share of those not coming who send a deputy.
asking|deputy_effect|0|1|.5|share|A A A|What a deputy's presence is worth.
asking|directed_by_mandate|0|4|1.5|logit|E3 E3 A|What orders from above do for directing moves.
positions|openness|.1|.5|.25|distance|E3 E3 A|Positions further apart than this do not move each other.
positions|stubbornness|0|.8|.3|0..1|E3 E3 A|Pull of a partner's own first position.
positions|position_rate|.01|1|.06|per month|E3 E3 A|How fast positions move.
positions|trust_weights|0|1|1|switch|E3 E3 A|Whether trust decides who is listened to.
positions|need_pull|0|.2|.01|per month|S S A|Standing pull of residents' need.
projects|trust_gate|.1|.4|.2|0..1|E3 E3 A|Least trust for the smallest joint project.
projects|trust_gate_ambition|.2|.8|.5|0..1|E3 E3 A|How much more an ambitious one needs.
projects|optimism|1|5|2.5|ratio|E1 E1 E1|How far forecasts exceed what comes.
projects|success_base|-3|3|0|logit|E2 A T|Chance that a project delivers when nothing helps.
projects|success_trust|0|5|2|logit|E2 E2 A|What trust among its members does.
projects|success_capability|0|4|1|logit|S S A|What systems-leadership skill does.
projects|success_energy|0|4|1|logit|S S A|What backing the willing does.
projects|success_ambition|0|4|1.6|logit|S S A|What ambition costs.
projects|success_tension|0|4|.8|logit|S S A|What things left unsaid cost.
projects|success_slack|0|4|2.5|logit|S S T|What room in its members' diaries does.
projects|win_trust|0|10|5|events|E2 E2 T|Trust events in a delivered project, on each tie.
projects|win_commitment|0|.3|.08|0..1|S S A|Energy from a delivered project.
projects|blame_loss|0|4|1.2|events|E2 E2 A|Trust events when a failure is blamed on somebody.
projects|learn_gain|0|.3|.08|0..1|E2 E2 A|Understanding and skill when a failure is learned from.
projects|spread_chance|0|1|.25|per month|S S A|Chance that an embedded win is offered to one who meets its members.
projects|embed_months|2|18|6|months|A A A|Months of delivery until it is simply how things are done.
projects|case_chance|0|1|.7|share|A A A|Chance that a business case is approved at full backing.
integration|integration_lag|6|24|12|months|E1 E1 A|Time in which joint working grows toward what relationships allow.
integration|outcome_lag|12|36|18|months|E1 E1 A|Time in which joint working reaches residents.
integration|max_admission_effect|0|.15|.13|share|E1 E1 T|Largest fall in emergency admissions that integration can bring.
integration|case_finding_bump|0|.1|.03|share|E1 E1 A|Rise in admissions per unit of new joint working: need is found first.
integration|joint_gate_low|0|.5|.25|0..1|A S A|Trust below which no joint working stands.
integration|joint_gate_high|.4|1|.6|0..1|A S T|Trust above which trust no longer limits it.
integration|joint_decay|0|.2|.05|per month|A A A|How fast joint working falls back when what carried it has gone.
integration|floor_gain|0|.6|.36|0..1|S S A|Joint working that an embedded project keeps standing.
place|home_care_recovery|0|.2|.02|per month|A A A|Return of home-care capacity toward what it was.
place|turnover_per_year|.15|.45|.28|per year|E1 E1 E2|Hazard that a leader leaves.
place|admission_trend_per_year|0|.035|.023|per year|E1 E1 E1|Growth of emergency admissions, all else equal.
place|agenda_slots|1|10|4|matters|A A A|Matters the board takes up in a month.
place|shock_rate|0|3|1|ratio|A A A|Multiplies the yearly rate of every shock.
place|target_power_tame|0|3|1.5|ratio|E3 E3 A|What targets, orders and programmes can do about a tame problem.
place|target_power_wicked|0|3|.7|ratio|E3 E3 A|The same for a wicked problem.
place|target_power_critical|0|3|1.8|ratio|E3 E3 T|The same in a crisis.
place|order_wear|0|1|.8|share|E3 E3 T|What the habit of waiting for orders takes from what the next order can do.
energy|commitment_drift|0|.1|.012|per month|A A A|Drift of energy toward what is usual when nothing feeds it.
energy|commitment_rest|0|1|.4|0..1|A A A|Energy for the shared purpose that is usual.
energy|narrative_decay|0|.3|.06|per month|S S A|Fading of a public narrative.
energy|narrative_pull|0|.2|.05|0..1|S S A|Energy from a narrative, times what was delivered.
energy|promise_breach|0|4|1|events|S S A|Trust events when a public promise is not kept.
energy|safety_drift|0|.2|.02|per month|A A A|Return of felt safety to what is usual.
energy|capability_decay|0|.1|.012|per month|S S A|Decay of skill that nobody funds.
energy|slack_recovery|.02|.5|.12|per month|A A A|Recovery of slack toward its anchor.
energy|meeting_cost|0|.1|.008|0..1|A A A|Slack used up by one meeting.
energy|project_cost|0|.05|.02|per month|S S T|Slack used up by a joint project while it runs, of each member.
energy|effort_cost|0|.1|.035|per month|S S T|Slack used up by an effort of 1 on what is counted, of everybody.
energy|coordination_cost|0|.05|.006|per month|E3 E3 A|Slack used up by shared governance at eight partners.
energy|dispute_cost|0|.1|.02|per month|A A A|Slack used up by an open dispute.
money|backing_decay|0|.05|.009|per month|A A A|Patience of those above, used up by time.
money|backing_dispute|0|.05|.006|per month|A A A|Patience used up by an open dispute.
money|backing_win|0|.2|.06|0..1|A A A|Patience gained by a delivered project.
money|backing_missed|0|.5|.15|0..1|A A A|Patience lost when a forecast is missed.
money|takeover_hazard|0|.5|.05|per month|A A A|Hazard of being taken over once backing is below a fifth.
money|governance_decay|0|.1|.012|per month|A A T|Fading of governance that nobody uses.
money|fund_base|-3|3|-.8|logit|E3 A T|Readiness to pay into the pooled fund when nothing helps.
money|fund_trust|0|5|2|logit|E3 E3 A|What trust does for it.
money|fund_others|0|5|1.5|logit|E3 E3 A|What others' payments do for it.
money|fund_deficit|0|5|1.5|logit|E3 E3 A|What a deficit takes from it.
money|fund_fairness|0|5|2|logit|E3 E3 A|What an unfair share of costs takes from it.
money|saving_share|0|2|1|ratio|E1 A A|Share of the cost of an admission that is really saved.
theory|symmetric_trust|0|1|0|switch|E2 E2 E2|Rival theory: good and bad experiences weigh alike and history does not cushion.
theory|trust_follows_delivery|0|1|0|switch|E3 E3 A|Rival theory: only what is delivered moves trust, never talk.
theory|joint_without_trust|0|1|0|switch|E3 E3 A|Rival theory: joint working does not need trust.
theory|no_effect_on_admissions|0|1|0|switch|E1 E1 E1|Rival theory: integration does nothing to admissions.
theory|silence_is_harmless|0|1|0|switch|E3 E3 A|Rival theory: avoided matters fade and never erupt.
theory|polite_distance_helps|0|1|0|switch|E3 E3 A|Rival theory: avoiding a matter preserves trust.
theory|candour_is_a_coin_toss|0|1|0|switch|E3 E3 A|Rival theory: how candour goes depends on nothing that can be prepared.
theory|mandate_suffices|0|1|0|switch|E3 E3 A|Rival theory: joint working follows governance, not trust.
"""


def _read(line: str) -> Parameter:
    group, name, low, high, default, unit, tags, sentence = line.split("|")
    form, direction, size = tags.split()
    return Parameter(
        name,
        group,
        float(low),
        float(high),
        float(default),
        unit,
        (form, direction, size),
        sentence,
    )


PARAMETERS: Final[dict[str, Parameter]] = {
    parameter.name: parameter for parameter in map(_read, _TABLE.strip().splitlines())
}
"""All parameters by name, in the order of :class:`Theta`."""

if tuple(PARAMETERS) != Theta._fields:  # the table and the tuple are read side by side
    raise RuntimeError("sim/parameters.py: Theta and its table differ")

THEORIES: Final = tuple(p.name for p in PARAMETERS.values() if p.group == "theory")
"""The rival theories, each a switch."""


def find(name: str) -> Parameter:
    """The parameter called ``name``; :class:`ParameterError` suggests what was meant."""
    if name in PARAMETERS:
        return PARAMETERS[name]
    near = meant(name, PARAMETERS)
    raise ParameterError(
        _("There is no parameter called “{name}”.").format(name=name),
        _("Did you mean “{meant}”?").format(meant=near)
        if near
        else _("“unsaid parameters” lists them all."),
    )


def theta(values: Mapping[str, float] | None = None, theories: tuple[str, ...] = ()) -> Theta:
    """All parameters, with ``values`` set and ``theories`` switched on.

    Raises :class:`ParameterError` for an unknown name or a value outside its range.
    """
    chosen = {name: parameter.default for name, parameter in PARAMETERS.items()}
    for name, value in (values or {}).items():
        parameter = find(name)
        number = float(value)
        if not parameter.low <= number <= parameter.high:
            raise ParameterError(
                _(
                    "{name} is {value:g}; it must lie between {low:g} and {high:g} "
                    "(usual value {usual:g})."
                ).format(
                    name=name,
                    value=number,
                    low=parameter.low,
                    high=parameter.high,
                    usual=parameter.default,
                )
            )
        chosen[name] = number
    for theory in theories:
        name = theory.replace("-", "_")
        if name not in THEORIES:
            near = meant(name, THEORIES)
            raise ParameterError(
                _("There is no rival theory called “{name}”.").format(name=theory),
                _("Did you mean “{meant}”?").format(meant=near)
                if near
                else _("There are: {names}.").format(names=", ".join(THEORIES)),
            )
        chosen[name] = 1.0
    return Theta(**chosen)
