"""Things left unsaid for which a scenario has no words: what is said, and what is not.

One pair of them for each, in turn, so that no two sound alike in one play.
"""

from __future__ import annotations

from typing import Final

from sim.words import mark

SAID: Final[tuple[str, ...]] = (
    mark("“Let’s take that one offline.”"),
    mark("“That’s a really helpful challenge.”"),
    mark("“I think we are saying the same thing.”"),
    mark("“We would welcome a conversation.”"),
    mark("“Let’s park that for now.”"),
    mark("“There is a piece of work on that.”"),
    mark("“It is very much on our radar.”"),
    mark("“Noted, with thanks.”"),
    mark("“We will pick it up outside.”"),
    mark("“It is a journey, and we are all on it.”"),
    mark("“We hear you.”"),
)
"""What is said instead, by one of the two."""

UNSAID: Final[tuple[str, ...]] = (
    mark("You ring us on a Friday, so that it is ours until Monday."),
    mark("You say “we” until there is a bill."),
    mark("You send your deputy to us, and your chief to everybody else."),
    mark("When it goes well it is your pilot, and when it does not it is our capacity."),
    mark("You change your rules, and we find out from whoever you turned away."),
    mark("You promise for both of us, in meetings we are not asked to."),
    mark("You count the people you send us, and never what becomes of them."),
    mark("You call it a partnership when you need something, and a process when we do."),
    mark("You have never once asked what it costs us to say yes."),
    mark("You ask for our figures, and keep yours."),
    mark("You were going to ring back. That was in the spring."),
    mark("You keep a list of our mistakes. So do we, of yours."),
    mark("Every saving you make turns up in our building."),
    mark("You read our reports for the page with your name on it."),
    mark("You always bring cake when the news is bad."),
    mark("You answer our letters with a form, and our calls with a recording."),
    mark("You close at four. We are what is open after four."),
    mark("You took our two best people, and signed the card."),
    mark("You thank us in public, so that we cannot ask you in private."),
)
"""What is not: one of the two, to the other."""


def plain_words(number: int) -> tuple[str, str]:
    """What is said and what is left unsaid, of a place’s matter of that number."""
    return SAID[number % len(SAID)], UNSAID[number % len(UNSAID)]
