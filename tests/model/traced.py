"""A play with everything in it, as one line of hashes a month; run as a program, it prints them.

Run with ``UNSAID_COMPILED=1`` the same lines come from compiled rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from model.plays import locality, play_month

from sim.compiled import COMPILED
from sim.draws import bell, mix, philox, uniform4
from sim.fields import MEASURES

MONTHS = 36
PLAYS: dict[str, tuple[int, dict[str, object]]] = {
    "play": (7, {"shocks": "play"}),
    "full": (8, {}),
    "no-ledger": (7, {"shocks": "play", "ledger": False}),
    "everybody-comes": (9, {"replies": False, "parameters": {"trust_gain": 0.08}}),
    "polite": (10, {"theories": ("polite_distance_helps", "symmetric_trust")}),
}
"""Name of each play: luck, settings."""


def short(data: bytes) -> str:
    return blake2b(data, digest_size=12).hexdigest()


def draws() -> Iterator[str]:
    """Draws themselves, with words at both ends."""
    words = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
    for a in words:
        for b in words:
            yield f"draw {philox(a, b, a, b, b, a)} {mix(a, b)}"
            four = uniform4(a, b, 3, 12, b, a, 1)
            yield f"draw {[u.hex() for u in four]} {float(bell(*four)).hex()}"


def months(name: str) -> Iterator[str]:
    """State, events and ledger of each month of a play."""
    luck, settings = PLAYS[name]
    where = locality(luck, **settings)
    yield f"{name} 0 {short(where.state_bytes())}"
    for _ in range(MONTHS):
        play_month(where, luck)
        yield (
            f"{name} {where.month} {short(where.state_bytes())} "
            f"{short(where.rows_of_events.tobytes())} {short(where.rows_of_ledger.tobytes())} "
            f"{float(where.state.measure[MEASURES.index('integration')]).hex()}"
        )


def lines() -> Iterator[str]:
    yield from draws()
    for name in PLAYS:
        yield from months(name)


if __name__ == "__main__":
    print("compiled" if COMPILED else "interpreted")
    for line in lines():
        print(line, flush=True)
