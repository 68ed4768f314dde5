"""The diary: three places, a hand of cards, a drawer of all; choose, aim, take back."""

from __future__ import annotations

from game.scene import SceneChange
from game.scenes.play_aim import Aim
from game.scenes.play_diary_panel import DiaryPanel
from game.scenes.play_hand import move_about
from game.view.table import Look as TableLook
from game.view.widgets import Act
from sim.moves import Move
from sim.session import IllegalMove
from sim.words import _


class DiaryStep(DiaryPanel):
    """Step two of a turn."""

    name = "diary"

    def begin(self) -> None:
        self.play.hands.focus = self._first()

    @property
    def part(self) -> str:
        if self.aim is not None:
            return "aim"
        return "drawer" if self.drawer else self.name

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        self.why = ""
        if self.aim is not None:
            self._aimed(self.aim.act(act))
            return None
        match kind:
            case "card":
                self._play(which)
            case "drawer":
                self.drawer = True
                self.play.hands.focus = f"family:{self.family}"
            case "hand":
                self.drawer = False
                self.play.hands.focus = self._first()
            case "family":
                self.family = which
            case "entry":
                self.play.session.take_back(int(which))
                self.play.hands.focus = self._first()
            case "standing":
                self.play.session.stop(which)
            case "ask":
                self.play.to_replies()
        return None

    def _play(self, move: str) -> None:
        card = self.card(move)
        if card is None:
            return
        if not card.playable:
            self.why = card.reason
            self.play.hands.focus = f"card:{card.move}"
            return
        aim = Aim(self.play, card)
        if aim.needed:
            self.aim = aim
            aim.begin()
        else:
            self._choose(Move(card.move))

    def _aimed(self, move: Move | bool | None) -> None:
        """What the aiming came to: a move, False for never mind, None for not yet."""
        if move is None:
            return
        assert self.aim is not None
        card = self.aim.card
        self.aim = None
        if isinstance(move, Move):
            self._choose(move)
        else:
            self.play.hands.focus = f"card:{card.move}"

    def _choose(self, move: Move) -> None:
        try:
            self.play.session.choose(move)
        except IllegalMove as refused:
            self.why = str(refused)
            self.play.hands.focus = f"card:{move.move}"
            return
        self.play.looked_again()  # what can be played now decides where the focus goes
        self.drawer = False
        self.play.hands.focus = self._first()

    def seat(self, partner: str) -> SceneChange | None:
        if self.aim is None:
            return super().seat(partner)
        self.aim.seat(partner)
        return None

    def hotkeys(self) -> dict[str, str]:
        return self.aim.hotkeys() if self.aim is not None else {}

    def escape(self) -> bool:
        """Step back from aiming, or from the drawer; whether there was anything to leave."""
        if self.aim is not None:
            self._aimed(False)
        elif self.drawer:
            self.drawer = False
            self.play.hands.focus = self._first()
        else:
            return False
        return True

    def look(self) -> TableLook:
        if self.aim is not None:
            return self.aim.look()
        return TableLook(replies={}, chosen=self._pointed())

    def words(self) -> list[str]:
        lines = [f"**{self.title}**"]
        if self.aim is not None:
            return lines + self.aim.words()
        for _key, card, move in self.used():
            about = move_about(move, dict(self.play.names.partners)) if move else ""
            name = card.name if card else ""
            lines.append("- " + _("In the diary: {what}").format(what=f"{name} {about}".strip()))
        for card in self.play.observation.hand:
            said = " ".join(card.lines)
            lines.append(f"- **{card.name}.** {said} {card.reason}".rstrip())
        return lines

    def help(self) -> str:
        if self.aim is not None:
            return self.aim.help()
        return _(
            "Choose a card with its number, the arrow keys and Enter, or the mouse; then aim it "
            "at partners on the table with their keys or a click. **D** opens the drawer of all "
            "cards. Choose what lies in the diary to take it back, or press **Backspace** for the "
            "last. **S** sends the invitations."
        )
