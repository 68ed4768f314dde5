"""One resident's month, in pieces: how often the story was told, how long the wait, who came."""

from __future__ import annotations

from typing import Final

from sim.words import mark

WAYS: Final[dict[str, tuple[str, ...]]] = {
    "ONCE": (
        mark("{She} told {her} story once, and it was written down."),
        mark("One person asked, and told the others."),
        mark("{She} told {her} story, and that was that."),
        mark("Nobody had to be told twice."),
        mark("{She} told it once. They had read it by Tuesday."),
        mark("The second person through the door already knew."),
        mark("{She} waited to be asked again, and nobody did."),
        mark("{Her} story had got there before {them}."),
        mark("It took one telling, and there was time for a chat."),
    ),
    "AGAIN": (
        mark("{She} told {her} story {times}."),
        mark("{Times}, {she} began at the beginning."),
        mark("“So, tell me what happened.” {Times}."),
        mark("{Times} somebody new sat down and asked what had happened."),
        mark("{She} told all of it, {times}, to somebody with a form."),
        mark("{Times} the same questions, from {people} kind strangers."),
        mark("{People} people have it written down, each in their own place."),
        mark("“They'll ask you this again, I'm afraid.” {Times}, they did."),
        mark("{Times}, date of birth first."),
        mark("{She} told it {times}, and each time it got shorter."),
        mark("{Times} {she} spelt {her} name."),
        mark("{She} told {people} people. None of them had met."),
        mark("{Times}, from the start, with {her} coat on."),
    ),
    "SOON": (
        mark("The bed was free by noon, and {she} had a cup of tea at home."),
        mark("Out by lunch, with everything arranged."),
        mark("The transport came on time, on the right day."),
        mark("Home, and the heating already on."),
        mark("{She} went home on the day."),
        mark("Ready on the Monday, home on the Monday."),
        mark("Nobody had to wait for anybody, and {she} went home."),
    ),
    "WAITED": (
        mark("{She} waited {days} to go home."),
        mark("Ready to go home, and {days} in the bed."),
        mark("{Days} packed, by the ward door."),
        mark("It took {days} to find out who had to say yes."),
        mark("{Days} with {her} coat on the chair."),
        mark("For {days} everything was nearly arranged."),
        mark("{Days} well, in a bed for the ill."),
        mark("{She} counted {days} and the ceiling tiles."),
        mark("“Tomorrow, perhaps.” That was for {days}."),
        mark("{Days} on somebody's list."),
        mark("{Days} of being no trouble, on a ward."),
        mark("{She} learned the tea times by heart, in {days}."),
        mark("{Days}, waiting for a form to be found."),
    ),
    "EVERY": (
        mark("The same face, every morning."),
        mark("Every morning somebody came, and stayed long enough."),
        mark("Not one morning without a knock."),
        mark("Somebody came every morning."),
        mark("Every morning the bell rang, and it was the right person."),
        mark("They came each day, and knew about the door."),
        mark("Every day somebody came, at the time that they had said."),
        mark("Nobody missed a morning."),
    ),
    "MISSED": (
        mark("On {mornings} nobody came."),
        mark("Nobody came on {mornings}."),
        mark("On {mornings} the bell did not ring."),
        mark("{Mornings} {she} made {her} own tea, holding on."),
        mark("On {mornings}, it was the neighbour."),
        mark("{Mornings} went by in a dressing gown."),
        mark("On {mornings} the round ran out before {her} street."),
        mark("On {mornings}, nobody had the code for the door."),
        mark("{Mornings}, and only the radio."),
        mark("On {mornings} they rang to say sorry."),
        mark("On {mornings} {she} sat by the window, dressed, for nobody."),
        mark("On {mornings}, somebody new had the wrong address."),
    ),
}
