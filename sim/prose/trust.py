"""Who trusts whom more or less, by what brought it about, as far as the group could see."""

from __future__ import annotations

from typing import Final

from sim.words import mark

WAYS: Final[dict[str, tuple[str, ...]]] = {
    "UP_RAISED_WELL": (
        mark("{a} trusts {b} more: something difficult was said, and heard."),
        mark("{a} thinks better of {b} since the truth was told."),
        mark("It was said, and {b} stayed. {a} has not forgotten that."),
        mark("The truth was told, {b} still picks up the phone, and for {a} that counts."),
        mark("{a} has begun to believe what {b} says."),
        mark("{a} rings {b} first, these days."),
        mark("Since they had it out, {a} gives {b} the benefit of the doubt."),
        mark("{a} used to check what {b} said. Lately it has not."),
        mark("{a} tells its own people that {b} can be talked to."),
        mark("{a} now trusts {b} with the bad news as well."),
        mark("{a} has found that an honest word is safe with {b}."),
        mark("{a} has stopped reading emails from {b} twice."),
        mark("{a} speaks well of {b} when {b} is not there."),
        mark("It did {a} good to hear it straight from {b}, or to say it. {a} is not sure which."),
        mark("{a} expected a quarrel with {b}, and got an answer."),
        mark("{a} sits next to {b} now without having to."),
    ),
    "UP_MOVE": (
        mark("{a} trusts {b} more: {cause}."),
        mark("{a} has warmed to {b}. What did it: {cause}."),
        mark("{a} thinks more of {b} than it did. {cause} helped."),
        mark("Something has eased between {a} and {b}, as {a} tells it: {cause}."),
        mark("{a} says of {b}: “We had them wrong.” {cause} came first."),
        mark("{a} has started to take {b} at its word. It began with this: {cause}."),
        mark("Ask {a} about {b}, and there is a smile now. Behind it: {cause}."),
        mark("{cause}, and {a} is a little surer of {b}."),
    ),
    "UP_PROJECT": (
        mark("{a} trusts {b} more: they have made something together."),
        mark("{a} has seen {b} do what it said it would do."),
        mark("{a} and {b} built a thing, and {a} liked how {b} held the other end."),
        mark("It is hard to be wary of {b}, {a} finds, with one's sleeves rolled up together."),
    ),
    "UP_OTHER": (
        mark("{a} trusts {b} more: {cause}."),
        mark("{a} has come round to {b}: {cause}."),
        mark("{a} thinks better of {b} than it did. The reason is plain: {cause}."),
        mark("There is more between {a} and {b} than there was, and {a} knows why: {cause}."),
    ),
    "DOWN_LEADER": (
        mark("{a} trusts {b} less: somebody new is in post."),
        mark("What {a} had with {b} was between two people, and one of them has gone."),
        mark("{a} is careful with {b} again. New people, new lanyards."),
        mark("{a} has gone back to surnames with {b}: somebody new is in post."),
        mark("The understanding that {a} had with {b} left along with a farewell card."),
        mark("{a} keeps {b} at arm's length, until it is clear who promised what to whom."),
        mark("{a} asks {b} for it in writing now. There is a new name on a door."),
        mark("{a} and {b} have to start again, and {a} starts cautiously."),
    ),
    "DOWN_ERUPTION": (
        mark("{a} trusts {b} less: the row."),
        mark("Since the row, {a} reads everything from {b} twice before answering."),
        mark("The row has cost {b} what credit it had with {a}."),
        mark("{a} has not got over the row, and {b} has not asked."),
        mark("{a} sees {b} only with a third person in the room. It is since the row."),
        mark("{a} says that it has moved on from the row. It has moved away from {b}."),
        mark("After the row, {a} counts the spoons when {b} has been."),
    ),
    "DOWN_RAISED_BADLY": (
        mark("{a} trusts {b} less: something difficult was said, and it hurt."),
        mark("{a} has not forgotten how it was said, and {b} has not brought it up."),
        mark("It may well have been true, but {a} has gone stiff with {b}."),
        mark("{a} is polite to {b} again, which is a bad sign."),
        mark("{a} lost something in that conversation, and thinks that {b} has it."),
        mark("{a} brings a colleague now when it sees {b}."),
        mark("{a} answers {b} in one line, these days."),
    ),
    "DOWN_UNSAID": (
        mark("{a} trusts {b} less: something unsaid."),
        mark("{a} has cooled towards {b}. Nobody could tell you why."),
        mark("{a} trusts {b} less than it did, and there was no day on which it happened."),
        mark("{a} is short with {b}. Ask, and everything is fine."),
        mark("{a} no longer quite believes {b}. It was nothing that was said."),
        mark("{b} has sunk in the opinion of {a}, without a sound."),
        mark("{a} has begun to say “they” of {b}."),
    ),
    "DOWN_AVOIDED": (
        mark("{a} trusts {b} less: something was left unsaid again."),
        mark("{a} noticed what {b} did not say, and took note of it."),
        mark("{b} was charming again. {a} believes it a little less each time."),
        mark("{a} has stopped expecting {b} to bring it up."),
    ),
    "DOWN_SIDES": (
        mark("{a} trusts {b} less: sides were taken."),
        mark("{a} saw which side {b} was on, and it was the other one."),
        mark("{a} has crossed {b} off a short list. It was about the sides."),
        mark("{b} stood over there. {a} was over here, and remembers."),
    ),
    "DOWN_PROMISE": (
        mark("{a} trusts {b} less: a promise was not kept."),
        mark("{a} believed what {b} said in public, and feels foolish."),
        mark("{a} has a cutting of what was promised, and shows it to {b}."),
    ),
    "DOWN_BLAME": (
        mark("{a} trusts {b} less: what failed had to be somebody's fault."),
        mark("It went wrong, and {a} heard its own name from {b}."),
        mark("{a} and {b} tell it differently, and {a} has heard how {b} tells it."),
    ),
    "DOWN_MOVE": (
        mark("{a} trusts {b} less: {cause}."),
        mark("{a} has cooled towards {b}. What did it: {cause}."),
        mark("{a} thinks less of {b} since this: {cause}."),
        mark("{cause}, and {a} is a little less sure of {b}."),
    ),
    "DOWN_OTHER": (
        mark("{a} trusts {b} less: {cause}."),
        mark("{a} has drawn back from {b}: {cause}."),
        mark("{a} thinks worse of {b} than it did, and says why: {cause}."),
        mark("{b} has slipped with {a}: {cause}."),
    ),
}
