"""What is said of the test as a whole, above the list: its verdict, its limits, its place."""

from __future__ import annotations

from collections.abc import Sequence

from game.scenes.assumptions_said import Assumption
from game.scenes.assumptions_tested import done, either, size, strategy_name
from sim.compiled import rules_hash
from sim.evidence import Halving, Trial
from sim.labels import listed
from sim.words import _, ngettext


def verdict(found: Halving) -> str:
    """How many of the values unsettle the headline, and which; or how near one comes."""
    strategy, rival = map(strategy_name, found.strategies)
    turning = found.turning
    if turning:
        form = ngettext(
            "We chose nearly all sizes ourselves. {n} of {all} values and switches, changed alone, "
            "unsettles the headline, so that {strategy} is no longer clearly better than {rival}: "
            "{names}.",
            "We chose nearly all sizes ourselves. {n} of {all} values and switches, each changed "
            "alone, unsettle the headline, so that {strategy} is no longer clearly better than "
            "{rival}: {names}.",
            len(turning),
        )
        names = listed([_which(one) for one in turning])
        return form.format(
            n=len(turning), all=len(found.tested), strategy=strategy, rival=rival, names=names
        )
    form = _(
        "We chose nearly all sizes ourselves. None of {all} values and switches, each halved and "
        "doubled, or thrown, alone, unsettles the headline: {strategy} stays clearly better than "
        "{rival}."
    )
    return form.format(all=len(found.tested), strategy=strategy, rival=rival)


def nearest(found: Halving) -> str:
    """The smallest lead there was, where the headline stands; "" where it does not."""
    arms = [(arm.lead.by, name, arm) for name, one in found.tested.items() for arm in one.arms]
    if found.turning or not arms:
        return ""
    lead, name, arm = min(arms, key=lambda one: one[0])
    measure = found.outcomes[0].measure
    form = _("It comes nearest with “{name}” {done}: a lead of {lead}, usually {usual}.")
    return form.format(
        name=plain(name),
        done=done(name, arm).lower(),
        lead=size(measure, lead),
        usual=size(measure, found.lead.by),
    )


def _which(one: Trial) -> str:
    ways = either([done(one.name, arm).lower() for arm in one.arms if arm.turns])
    return f"“{plain(one.name)}” ({ways})"


def plain(name: str) -> str:
    """A value's name without its underscores."""
    return name.replace("_", " ")


def the_test(found: Halving) -> str:
    """What was done."""
    return _(
        "The test: {strategy} in “{title}”, {lucks} lucks, each value halved and doubled alone, "
        "switches thrown. The headline: more staff say that joint working works after three "
        "years than with {rival}."
    ).format(
        strategy=strategy_name(found.strategies[0]),
        rival=strategy_name(found.strategies[1]),
        title=found.title,
        lucks=found.lucks,
    )


def the_limits() -> str:
    """What the test cannot say."""
    return _(
        "It cannot say what two values do together, whether the rules themselves are right, or "
        "what would happen in your place. Of so many comparisons, about one in twenty looks "
        "clear by luck alone."
    )


def otherwise(found: Halving, scenario: str, title: str, said: Sequence[Assumption]) -> str:
    """How this play differs from what was tested; "" where it does not."""
    words = []
    if scenario != found.scenario:
        form = _("This play is set elsewhere, in “{title}”: there the figures may be others.")
        words.append(form.format(title=title))
    differ = sum(
        one.name in found.tested and one.value != found.tested[one.name].value for one in said
    )
    if differ:
        form = ngettext(
            "This play sets {n} value differently from the test.",
            "This play sets {n} values differently from the test.",
            differ,
        )
        words.append(form.format(n=differ))
    if found.rules != rules_hash():
        words.append(_("The figures are from an earlier version of the rules."))
    return " ".join(words)
