"""What the play screen says in words: the strip's facts, the turn as text, the help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from game.scenes import play_coach, play_foot
from game.scenes.play_car_park import CarParkStep
from game.scenes.play_strip import Facts, money_short, patience
from game.scenes.play_timer import stage_name
from game.view.table_sprites import told
from sim.session import Phase
from sim.voice import voice
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_screen import Screen


def facts(play: Screen) -> Facts:
    """What the strip says."""
    seen, session = play.observation, play.session
    turn = _("Turn {turn} of {turns}").format(turn=max(1, session.turn), turns=session.turns)
    if session.phase is Phase.ENDED:
        turn = _("Afterwards") if seen.month > session.scenario.time.months else _("The end")
    month = max(1, seen.month)
    if session.phase in (Phase.RUNNING, Phase.AWAITING):  # the first of the turn is being lived
        month = max(month, session.records[-1].first_month)
    months = f"{seen.act} · {play.calendar(month)}"
    if session.phase is Phase.CHOOSING:
        first, last = seen.month + 1, seen.month + session.months_left
        months = f"{seen.act} · {span(play.calendar(first), play.calendar(last))}"
    cards = {card.move: card for card in (*seen.drawer, *seen.hand)}
    taken = (*seen.standing, *(move.move for move in session.queue))
    filled = sum(cards[move].places for move in taken if move in cards)
    return Facts(
        turn=turn,
        months=months,
        promise=promise(play),
        places=0 if session.phase is Phase.ENDED else filled + max(0, seen.places),
        free=max(0, seen.places),
        money=seen.money,
        backing=seen.backing,
        badges=play.badges(),
        stage=play.clock.stage,
        stages=play.stages() if play.clock.stage else (),
        timed=play.desk.settings.timer,
        tied=play_foot.promised(play.scenario, play.observation.promise),
    )


def span(first: str, last: str) -> str:
    """From one month to another; the year once where it is the same, the month as well."""
    if first == last:
        return first
    month, _space, year = first.rpartition(" ")
    if month and last.endswith(f" {year}"):
        first = month
    return _("{first} to {last}").format(first=first, last=last)


def promise(play: Screen) -> str:
    """What the room has promised; "" for nothing."""
    kept = play.observation.promise
    return next((one.title for one in play.scenario.story.promises if one.id == kept), kept)


def badges(play: Screen) -> tuple[str, ...]:
    """Whatever is unusual: no silent modes."""
    session, found = play.session, []
    if play_coach.is_tutorial(session.scenario):
        found.append(_("Tutorial"))
    elif play.hint():
        found.append(_("Hints"))
    if session.recorded or play.step.shown_again:
        found.append(_("Replay"))
    if session.parent:
        found.append(_("Branch"))
    if play.observation.visibility == "full":
        found.append(_("All visible"))
    elif play.observation.visibility == "fog":
        found.append(_("Fog"))
    if _other_rules(session.settings):
        found.append(_("Other rules"))
    if not session.saved:
        found.append(_("Not saved"))
    return tuple(found)


def _other_rules(settings: Mapping[str, Any]) -> bool:
    """Whether somebody set this session up otherwise than the scenario is played."""
    usual = (settings["hand"], settings["shocks"], settings["replies"]) == ("play", "play", True)
    return not usual or bool(settings["parameters"]) or bool(settings["theories"])


def resident(play: Screen) -> str:
    """The resident's month; it turns in the car park, not before."""
    session, step = play.session, play.step
    waits = session.phase is Phase.REVEALED and not isinstance(step, CarParkStep)
    return voice(session).resident(session.turn - 1 if waits else None)


def in_words(play: Screen) -> str:
    """All that the screen shows, as plain text (F2)."""
    said = facts(play)
    head = f"**{said.turn}** · {said.months}"
    if said.stage in said.stages:
        head += f" · {stage_name(said.stage)}"
    lines = [head, " · ".join(said.badges)]
    if said.promise:
        lines.append(_("We promised: {promise}").format(promise=said.promise))
    places = _("Places left: {places}. Money: {money}.").format(
        places=said.free, money=money_short(said.money)
    )
    lines.append(f"{places} {patience(said.backing)}")
    if said.timed and said.stage:
        dial = play.clock.dial(play.t, paused=play.pace.paused)
        lines.append(dial.in_words())
    lines += [play.hint(), *play.step.words(), told(play.observation)]
    name = play.scenario.story.resident.name
    lines.append(f"**{_('{name}, this month').format(name=name)}.** {resident(play)}")
    headline = play_foot.in_words(play.observation, play.headline)
    if said.tied:
        headline = _("{headline} Our promise is about this.").format(headline=headline)
    lines.append(headline)
    lines.append(
        _("**Who pays.** {pays} **Who saves.** {saves}").format(
            pays=play_foot.who_pays(play.observation), saves=play_foot.who_saves(play.observation)
        )
    )
    return "\n\n".join(line for line in lines if line)


def help_text(play: Screen) -> str:
    """What can be done at this step, then what the keys of the whole screen do (F1)."""
    stage = stage_name(play.clock.stage)
    own = play.step.help()
    head = f"**{stage}.** {own}" if stage and own else own
    common = _(
        """**On this screen**

- **Enter** does what the blue button says; where there is something to decide, it
  decides nothing until the arrows have gone to a choice
- **Escape** steps back, and asks before it leaves the table
- **Tab** and the arrows move the ring, also to the partners; a chosen partner shows all its ties
- **Space** pauses: the clock and everything that moves stand still until Space again. It
  presses no button here; Enter does. In a line that you type it is a space
- **B** makes the screen black, for talk; any key comes back
- **M** all measures, **W** why, **L** what the marks mean, **A** what is assumed
- **Ctrl+Z** goes back to the last reveal, under the same luck
- **F5** settings: the clock can be switched off, and everything can stand still

**The strip on top.** What we promised and the line beneath the table that it is about bear
the same mark, a target. Squares are places in the diary, filled while they are free. Candles are
the patience of those above the partnership: once the last is out, somebody may take it over.
The clock says how long this step usually takes. It never forces anything, and where there is
something to talk over, it stands."""
    )
    return f"{head}\n\n{common}" if head else common
