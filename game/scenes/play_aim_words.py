"""What aiming asks, what has been chosen, and why somebody cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.labels import capital, listed, measure_title, measure_value
from sim.moves import Move
from sim.names import Names
from sim.observation import Card, Observation
from sim.words import _, ngettext

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow


def question(card: Card, lead: bool, least: int, most: int) -> str:
    """What to do, in a sentence."""
    if lead:
        return _("Who leads?")
    match card.target:
        case "measure":
            return _("What is to be counted?")
        case "form":
            return _("Who holds it?")
        case "from_to":
            return _("First who gives, then who gets.")
        case "one_or_pair" if most > 1:
            return _("Choose one, or two.")
        case "outside":
            return _("Choose who is asked in.")
        case "leaving":
            return _("Whose leader is going?")
    if least == most:
        return ngettext("Choose {count} partner.", "Choose {count} partners.", most).format(
            count=counted(most)
        )
    if most == least + 1:
        words = _("Choose {least} or {most} partners.")
    else:
        words = _("Choose {least} to {most} partners.")
    return words.format(least=counted(least), most=counted(most))


def counted(count: int) -> str:
    """A small number in words, as it is said aloud."""
    words = (
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"),
        _("eight"), _("nine"), _("ten"),
    )  # fmt: skip
    return words[count] if 0 <= count < len(words) else str(count)


def wanted(missing: int, chosen: int) -> str:
    """What the button that confirms says while somebody is missing."""
    if chosen:
        words = ngettext("{count} more", "{count} more", missing)
    else:
        words = ngettext("{count} partner first", "{count} partners first", missing)
    said = words.format(count=counted(missing))
    return capital(said)


def said(card: Card, names: Names, chosen: Sequence[str], least: int, most: int) -> str:
    """What has been chosen: "Northmarsh Council and …?", and whether more may be."""
    known = [names.partner(id) for id in chosen]
    if not known:
        return ""
    if card.target == "from_to":
        if len(known) < 2:
            return _("{one} gives to …?").format(one=known[0])
        return _("{one} gives to {other}.").format(one=known[0], other=known[1])
    if len(known) < least:
        return _("{names} and …?").format(names=", ".join(known))
    if len(known) == most:
        return _("{names}.").format(names=listed(known))
    if card.target == "one_or_pair":
        return _("{names}, with you. One more, if you like.").format(names=listed(known))
    more = most - len(known)
    return ngettext(
        "{names}. One more, if you like.", "{names}. Up to {count} more, if you like.", more
    ).format(names=listed(known), count=counted(more))


def greyed(play: Flow, card: Card, partner: str, chosen: Sequence[str]) -> str:
    """Why a partner cannot be chosen with a card now, in words; "" when it can.

    The same sentence for all who cannot for the same reason.
    """
    observation, names = play.observation, play.names
    seen = {one.id: one for one in observation.partners}
    who = seen[partner]
    if who.merged_with:
        return _("{who} is part of {other} now.").format(
            who=names.partner(partner), other=names.partner(who.merged_with)
        )
    if card.target == "outside":
        return _("Those in full colour sit at the table already.") if who.at_table else ""
    if card.target == "leaving" and not who.leaving:
        return _("Only where a leader has said that they will go.")
    if not who.at_table:
        outside = [p for p in seen.values() if not p.at_table and not p.merged_with]
        return ngettext(
            "{who} is not at the table yet: “{ask}” first.",
            "{who} are not at the table yet: “{ask}” first.",
            len(outside),
        ).format(who=listed([p.name for p in outside]), ask=names.move("widen_circle"))
    table = observation.table
    if table is None:
        return ""
    if card.target in ("form", "leaving"):
        form = "lead" if card.target == "form" else ""
        return table.refusal(Move(card.move, (partner,), form=form))
    reasons = (table.together(card.move, one, partner) for one in chosen if one != partner)
    return next((reason for reason in reasons if reason), "")


def measure_line(measure: str, observation: Observation) -> str:
    """A measure as something to aim at: its name, and where it stands."""
    title = measure_title(measure)
    value = observation.measures.get(measure)
    if value is None:
        return title
    return _("{name}: {value}").format(name=title, value=measure_value(measure, value))
