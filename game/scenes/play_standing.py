"""What stands, in sentences: of things tried together, the unsaid, disputes, the money."""

from __future__ import annotations

from game.scenes.play_aim_words import counted
from sim.labels import capital
from sim.observation import Observation
from sim.words import _, ngettext


def standing_lines(seen: Observation) -> list[str]:
    """How the table stands now, as far as anybody can see it."""
    return [line for line in (standing(seen), *_others(seen)) if line]


def standing(seen: Observation) -> str:
    """How much of what was tried still stands, in a sentence."""
    count = sum(project.stage == "embedded" for project in seen.projects)
    if not count:
        return _("Nothing you tried together is how things are done now.")
    return ngettext(
        "One thing you tried together is simply how things are done now.",
        "{count} things you tried together are simply how things are done now.",
        count,
    ).format(count=capital(counted(count)))


def _others(seen: Observation) -> list[str]:
    running = sum(project.stage in ("running", "delivered") for project in seen.projects)
    joint = sum(tie.joint >= 3 for tie in seen.ties)
    unsaid = sum(tie.tokens for tie in seen.ties)
    disputes = sum(tie.dispute for tie in seen.ties)
    return [
        ngettext("One more is still being tried.", "{count} more are still being tried.", running)
        .format(count=capital(counted(running))) if running else "",
        ngettext(
            "One pair shares a budget or more.", "{count} pairs share a budget or more.", joint
        ).format(count=capital(counted(joint))) if joint else "",
        ngettext(
            "One thing is still under the cloth.", "{count} things are still under the cloth.",
            unsaid,
        ).format(count=capital(counted(unsaid))) if unsaid else "",
        ngettext(
            "Two of them are in open dispute.", "{count} pairs are in open dispute.", disputes
        ).format(count=capital(counted(disputes))) if disputes else "",
    ]  # fmt: skip
