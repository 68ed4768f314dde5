"""What is done: projects, joint working, money, people who come and go, the world outside."""

from __future__ import annotations

from typing import Final

from sim.words import mark

WAYS: Final[dict[str, tuple[str, ...]]] = {
    "STARTED_SMALL_EXPERIMENT": (
        mark("{members} are trying something small."),
        mark("{members} have begun, in one street, without a launch."),
        mark("{members} are having a go. It fits on one side of paper."),
        mark("{members} have stopped planning it and started doing a little of it."),
        mark("One small thing, tried by {members}, until somebody says stop."),
        mark("{members} will try it for a month, and see."),
        mark("{members} have found two people who want to, and let them."),
        mark("It has no logo yet: {members} are trying something out."),
        mark("{members} have asked themselves what they could do by Monday, and are doing it."),
        mark("{members} have started with whoever was willing."),
    ),
    "STARTED_CLUMSY_SOLUTION": (
        mark("{members} have settled for nobody's first choice, and begun."),
        mark("It is not elegant, and {members} have started it."),
        mark("{members} have agreed on something that none of them would have drawn."),
        mark("{members} are doing the second-best thing, at once."),
        mark("It will do for now, say {members}, and now is when it starts."),
        mark("Held together with string and goodwill: {members} have begun."),
    ),
    "STARTED_PILOT": (
        mark("{members} have begun a pilot."),
        mark("There is a pilot, with an evaluation, and with {members}."),
        mark("{members} are piloting it, in the place where it was bound to work."),
    ),
    "STARTED_PROGRAMME": (
        mark("The programme has reached {members}."),
        mark("{members} now have a workstream each, and a folder to share."),
        mark("There is a plan on a page for {members}. It is a large page."),
        mark("{members} have been given milestones."),
        mark("The programme office has sent {members} a template."),
        mark("{members} are on the programme's chart now, as boxes."),
    ),
    "STARTED_JOINT_TEAM": (
        mark("{members} have put one team together."),
        mark("{members} have one team now, and several colours of lanyard."),
        mark("{members} have moved the desks."),
        mark("One team, from {members}, with one kettle."),
        mark("The people from {members} have one manager now, and are getting used to it."),
    ),
    "STARTED_OTHER": (
        mark("{members} have begun something together."),
        mark("There is something new, and it belongs to {members}."),
    ),
    "PROJECT_REFUSED": (
        mark("{members} would not begin {project}: not with each other, not yet."),
        mark("{members} were asked to try {project}, and asked for more information."),
        mark("{members} looked at {project}, and at one another, and said how interesting it was."),
        mark("{members} could see the merit of {project}, for other people."),
        mark(
            "{members} would have to take {project} back to their organisations. It is still there."
        ),
        mark("Not now, said {members} of {project}. It was not about {project}."),
    ),
    "PROJECT_SUCCEEDED": (
        mark("It worked: {project}, by {members}."),
        mark("{members} tried {project}, and people are better off. They asked them."),
        mark("{members} can show what {project} did, and for whom."),
        mark("What {members} began has come off. They are taking turns to be modest."),
        mark("It does what they said it would: {project}, by {members}."),
        mark("{members} were asked how {project} was going, and for once could just say “well”."),
        mark("Somebody wrote to thank {members} for {project}. By hand."),
        mark("{members} have made {project} work, and nobody is quite sure whose idea it was."),
        mark("Against the odds, {members} have made a go of {project}."),
        mark("It came good: {project}, by {members}."),
        mark("{members} have had to ask for more chairs. It was {project} that did it."),
        mark(
            "The figures for {project} came in, and {members} checked them, because they were good."
        ),
    ),
    "FAILED_LEARNED": (
        mark("{members} tried {project}; it did not work, and they sat down to find out why."),
        mark("It failed, and it was interesting: {project}, by {members}."),
        mark(
            "{members} stopped {project} in good time, and wrote down what they would do instead."
        ),
        mark("{members} know now why {project} could not work. Nobody had known before."),
        mark("So much for {project}. {members} had tea, and made a list, and not of names."),
        mark(
            "What {members} hoped of {project} did not happen. What they learned was worth the "
            "money."
        ),
    ),
    "FAILED_BLAMED": (
        mark("{members} tried {project}; it did not work, and it had to be somebody's fault."),
        mark("It failed: {project}, by {members}. Each of them says by which."),
        mark("{members} are agreed that {project} went wrong at one of the others."),
        mark("There is to be a review of {project}. {members} have each begun to draft it."),
        mark(
            "{members} can explain exactly what happened to {project}, and the explanations do "
            "not meet."
        ),
        mark("After {project}, {members} have stopped saying “we”."),
    ),
    "PROJECT_EMBEDDED": (
        mark("What {members} tried is now simply how things are done."),
        mark("Nobody calls it a project any more. {members} just do it."),
        mark("{members} have lost the paperwork for it, and it goes on."),
        mark("A new starter took it for the way it had always been, at {members}."),
        mark("What began as a try by {members} is in the rota now, and in the budget."),
        mark("It would be more trouble to stop it than to carry on: {members} have made a habit."),
        mark("{members} no longer meet about it. There is nothing to meet about."),
        mark("It has outlived its end date, and {members} have not noticed."),
        mark("Ask {members} whose idea it was. They say it is only sensible."),
        mark("What {members} did on one street is what {members} do."),
        mark("Somebody asked {members} to present on it, and they had to think what was special."),
        mark("{members} have taken the word “pilot” off the door."),
    ),
    "PROJECT_SPREAD": (
        mark("It is catching: {members} are doing it too."),
        mark("{members} heard about it over a sandwich, and have started."),
        mark("Nobody told {members} to. They asked how it was done."),
        mark("{members} have copied it, and say so."),
        mark("{members} came to look, and went home and did it."),
        mark("It has turned up at {members}, slightly different, and working."),
        mark("{members} rang to ask for the one side of paper."),
        mark("{members} have a version of their own, with a better name."),
    ),
    "JOINT_UP_1": (
        mark("{a} and {b} now share what they know about the people they both see."),
        mark("{a} and {b} have found a way to see each other's notes. It is legal, too."),
        mark("Staff of {a} know staff of {b} by voice now."),
        mark("{a} and {b} have begun to tell each other things before they are asked."),
        mark("{a} and {b} have a list in common: the same names, spelt the same."),
        mark("The people who do the work at {a} and {b} have started to ring each other."),
        mark("Somebody at {a} has a direct number at {b}, and it is answered."),
        mark("{a} and {b} go through the difficult ones together, on Tuesdays."),
    ),
    "JOINT_UP_2": (
        mark("{a} and {b} now have people working side by side."),
        mark("There is a desk for {b} at {a}, and somebody sits at it."),
        mark("{a} and {b} do the morning round together."),
        mark("One person from {a} and one from {b}, one car, one visit."),
        mark("People from {a} and {b} are on each other's rota."),
        mark("At the point where it matters, {a} and {b} wear the same badge."),
    ),
    "JOINT_UP_3": (
        mark("{a} and {b} now share a budget."),
        mark("{a} and {b} have one pot, and two signatures for it."),
        mark("It no longer matters on whose line it falls: {a} and {b} pay for it together."),
    ),
    "JOINT_UP_4": (
        mark("From outside, {a} and {b} are now one service."),
        mark("Nobody who needs help can tell {a} from {b} any more, and nobody has to."),
        mark("One door, one number, one team: {a} and {b}."),
    ),
    "JOINT_DOWN_0": (
        mark("{a} and {b} hardly work together any more."),
        mark("{a} and {b} are back to letters."),
        mark("Nobody at {a} can say who does it at {b} now."),
        mark("The number that {a} had for {b} has stopped working, and so has the rest."),
        mark("{a} and {b} each do their own, and both do some of it twice."),
        mark("It was one person at {a} who knew {b}, and it shows."),
    ),
    "JOINT_DOWN_1": (
        mark("{a} and {b} still share what they know, but no longer the work."),
        mark("The desk at {a} for {b} has a printer on it now."),
        mark("{a} and {b} have gone back to passing notes."),
    ),
    "JOINT_DOWN_2": (
        mark("{a} and {b} have split the purse again. Their people still work side by side."),
        mark("{a} and {b} each pay their own again, and go on working together."),
    ),
    "JOINT_DOWN_3": (
        mark("{a} and {b} have two front doors again. There is one budget, for now."),
        mark("People can tell {a} and {b} apart again."),
    ),
    "LEADER_ANNOUNCED": (
        mark("At {who}, the {role} is leaving."),
        mark("The {role} at {who} has news, and asks everybody to sit down."),
        mark("{who} is going to need a new {role}."),
        mark("The {role} at {who} has handed in a letter. It is a good job, somewhere else."),
        mark("Word is out: {who} is losing its {role}."),
    ),
    "LEADER_LEFT": (
        mark("At {who}, the {role} has gone. There was a card."),
        mark("The {role} at {who} has gone, and took a great deal along in one head."),
        mark("The office of the {role} at {who} is empty. There is a plant in it."),
        mark("There is no {role} at {who} today. There was cake yesterday."),
        mark("The {role} of {who} has left the building, and left no instructions."),
    ),
    "LEADER_ARRIVED": (
        mark("There is a new {role} at {who}."),
        mark("{who} has a new {role}, who is asking what everything stands for."),
        mark("The new {role} at {who} has met everybody once, and has their names on a list."),
        mark("A new {role} sits at the table for {who}, in the old one's chair."),
    ),
    "HANDOVER_KEPT": (
        mark("There had been a proper handover at {who}. Nobody noticed, which is the point."),
        mark("The new one at {who} already knew whom to ring. Somebody had seen to it."),
        mark("{who} changed hands, and what had been agreed there still is."),
    ),
    "JOINED_TABLE": (
        mark("{who} now has a chair at the table."),
        mark("There is one chair more, and {who} is on it."),
        mark("{who} has come in from outside, and asked what the “…” is for."),
        mark("{who} was asked, at last, and came."),
    ),
    "MERGED": (
        mark("{a} and {b} are now one organisation, on the letterhead."),
        mark("{a} and {b} have merged. There are two of everything, for now."),
        mark("{b} has gone into {a}. The signs will be changed when there is money for signs."),
        mark("{a} and {b} share a chief executive, a logo and a sinking feeling."),
    ),
    "FUND_PAID": (
        mark("{amount} was paid into the pooled fund."),
        mark("{amount} went into the pooled fund, and nobody asked for it back."),
        mark("The pooled fund has {amount} more in it."),
        mark("Another {amount} is everybody's money now."),
        mark("{amount} has been pooled. Each of them knows to the penny whose it was."),
        mark("The pot is fuller by {amount}."),
    ),
    "FUND_CLOSED": (
        mark("The pooled fund has been closed."),
        mark("There is no pooled fund any more. What was in it has gone home."),
        mark("Each has taken its own money back out of the pot."),
    ),
    "TAKEN_OVER": (
        mark("The partnership has been taken over from above."),
        mark("It has been decided, elsewhere, that others will decide."),
    ),
    "AGREEMENT": (
        mark("There is a formal agreement, the first, with signatures on it."),
        mark("It has been signed, by all of them, with the good pen."),
    ),
    "PROMISE_BROKEN": (
        mark("What was promised in public has not happened, and {who} can count."),
        mark("{who} has noticed what was promised in public, and what was not done."),
        mark("It was said aloud that it would be done by now. {who} has kept the cutting."),
        mark("{who} asked, politely, what became of what was promised."),
    ),
    "PROMISE_BROKEN_ALL": (
        mark("What was promised in public has not happened, and people can count."),
        mark("It was promised, and it was in the paper, and it has not been done."),
    ),
    "CASE_APPROVED": (
        mark("The business case has been approved: {money}."),
        mark("Somebody at a large desk has signed the business case: {money}."),
        mark("There is money for the business case. {money}, and a reporting schedule."),
        mark("The business case went through, for {money}, between the minutes and the coffee."),
    ),
    "CASE_REFUSED": (
        mark("The business case came back with comments, and without money."),
        mark("The business case was admired, and sent back."),
        mark("It is a strong case, they write. It is not a strong year."),
        mark("The business case wants another annex. It does not get money."),
    ),
    "FORECAST_MISSED": (
        mark("The savings in the business case have not come, and it shows."),
        mark("Somebody has laid the forecast beside the accounts. They do not match."),
        mark("The savings were on page nine. That is where they have stayed."),
        mark("People above have asked where the savings are. It was not a question."),
        mark("The line that was meant to go down has not been told."),
        mark("What the business case said by now, it now says by next year."),
    ),
    "FACILITATOR_LEFT": (
        mark("The outsider who held the room has gone home."),
        mark("The one with the flip chart and the good questions has left. The questions stayed."),
        mark("There is nobody from outside in the room any more."),
    ),
    "SHOCK_NATIONAL_REORGANISATION": (
        mark("Whitehall has announced a reorganisation."),
        mark("There is to be a reorganisation, nationally. Everybody is reading the diagram."),
    ),
    "SHOCK_BUDGET_CUT": (
        mark("The budget of {who} has been cut again."),
        mark("{who} has less money than it had on Monday."),
        mark("{who} has been asked to find another few per cent, and knows where they are not."),
        mark("There is a letter from the treasurer at {who}. It is not a long letter."),
    ),
    "SHOCK_HOME_CARE_CLOSES": (
        mark("A home-care firm has handed back its contracts."),
        mark("A home-care firm has closed its doors. The keys to other doors are in an envelope."),
    ),
    "SHOCK_ELECTION": (
        mark("There is an election coming, and nobody signs anything."),
        mark("Nothing may be announced for six weeks. It is an election."),
    ),
    "SHOCK_WINTER": (
        mark("Winter. The corridors fill up."),
        mark("It is winter, and there are trolleys where there should be people walking."),
        mark("Winter is here again. Nobody had been told."),
        mark("The cold has come, and with it everybody's mother."),
        mark("Winter: the plan for it comes out of the drawer it was put in last spring."),
        mark("The gritters are out. So are the beds, on the landing."),
    ),
    "SHOCK_SEVERE_WINTER": (
        mark("It is a hard winter, and it is not over."),
        mark("It is the sort of winter that people give a year to, afterwards."),
        mark("Ice on the inside of the windows, and no end of it."),
    ),
    "SHOCK_FAILED_INSPECTION": (
        mark("The inspectors have been to {who}, and they did not like it."),
        mark("{who} has been inspected. One word of the report will be remembered."),
    ),
    "SHOCK_SCANDAL": (
        mark("It is on the front page, with a photograph."),
        mark("Somebody talked to the paper, and the paper listened."),
    ),
    "SHOCK_RING_FENCED_MONEY": (
        mark("There is new money, with a string on it."),
        mark("Money has come, for one thing only, to be spent by March."),
    ),
    "SHOCK_NEW_TARGET": (
        mark("There is a new target."),
        mark("There is one more target. It replaces none of the others."),
    ),
    "SHOCK_ENTHUSIAST": (
        mark("There is somebody at {who} who is really keen."),
        mark("Somebody at {who} has begun to ask why not."),
    ),
    "NOTHING": (
        mark("Nothing that anybody could see."),
        mark("Quiet months. If anything moved, it did so under the cloth."),
        mark("Nobody noticed anything, and several people were asked."),
        mark("From where you sit, all was still."),
        mark("No news. That is how it looked from outside, at least."),
        mark("Nothing to see. It may even be that nothing happened."),
        mark("The months went by and left no mark on the table."),
        mark("Whoever blinked has missed nothing, as far as anybody can tell."),
    ),
}
