"""Whom a rule of a playbook means: words, and the score each gives to partners and pairs.

Everything is read from what can be seen.  The partners (or the pair) with the highest
score are chosen; a score of :data:`NOBODY` means that the word fits nobody now.
"""

from __future__ import annotations

from typing import Final

from sim.compiled import rule
from sim.fields import CONFIDENCE_HELD
from sim.rules.seen import (
    L_LIVE_FIRST,
    L_LIVE_SECOND,
    P_CHIEF,
    P_COMMISSIONER,
    P_COMMITMENT,
    P_CONTACT,
    P_CREDIBILITY,
    P_HOME_CARE,
    P_HOSPITAL,
    P_LEAVING,
    P_NEW_LEADER,
    P_PAYER,
    P_POWER,
    P_SLACK,
    P_TABLE,
    P_TOKENS,
    Q_DANCING,
    Q_DEPENDS,
    Q_DISPUTE,
    Q_JOINT,
    Q_SURFACED,
    Q_TOKENS,
    Q_TRUST,
    SEEN_CONFIDED,
    X_CONFIDENCE,
    X_FIRST,
    X_KNOWN,
    X_SECOND,
    Seen,
)

NOBODY: Final = -1e9

PARTNER_WORDS: Final = {
    "random": "anybody, by lot",
    "most_stretched": "who has least room in the diary",
    "least_stretched": "who has most room in the diary",
    "best_known": "whom the players know best",
    "least_known": "whom the players know least",
    "believing": "where the players' word is worth most",
    "unbelieving": "where the players' word is worth least",
    "willing": "who has energy for the shared purpose, most of it first",
    "unwilling": "who has least energy for it",
    "strongest": "who weighs most at the table",
    "weakest": "who weighs least at the table",
    "leaving": "whose leader is about to leave",
    "new_leader": "whose leader is new",
    "outside": "who is not at the table",
    "hospital": "the hospital",
    "home_care": "who gives care at home",
    "payers": "who pays for joint work",
    "commissioners": "who commissions services",
    "chiefs": "whose chief executive can be asked",
    "most_dancing": "who has been seen to avoid most",
    "least_trusted": "whom the others trust least",
    "most_trusted": "whom the others trust most",
}
PAIR_WORDS: Final = {
    "random_pair": "two who need each other, by lot",
    "lowest_trust_pair": "two who need each other and trust each other least",
    "highest_trust_pair": "two who need each other and trust each other most",
    "widest_gap_pair": "two of whom one trusts the other far more than is returned",
    "most_dancing_pair": "two who have been seen to avoid most",
    "live_pair": "the two between whom the turn's live matter lies",
    "disputed_pair": "two in open dispute",
    "confided_pair": "two between whom the players were told of something unsaid",
    "surfaced_pair": "two between whom something was said and is not worked through",
    "ready_pair": "two who avoid something, yet trust each other",
    "payer_and_saver": "who pays for joint work and the hospital, where it saves",
    "joint_pair": "two who work together most",
}
WORDS: Final = (*PARTNER_WORDS, *PAIR_WORDS)
(
    W_RANDOM, W_MOST_STRETCHED, W_LEAST_STRETCHED, W_BEST_KNOWN, W_LEAST_KNOWN, W_BELIEVING,
    W_UNBELIEVING, W_WILLING, W_UNWILLING, W_STRONGEST, W_WEAKEST, W_LEAVING, W_NEW_LEADER,
    W_OUTSIDE, W_HOSPITAL, W_HOME_CARE, W_PAYERS, W_COMMISSIONERS, W_CHIEFS, W_MOST_DANCING,
    W_LEAST_TRUSTED, W_MOST_TRUSTED, W_RANDOM_PAIR, W_LOWEST_TRUST, W_HIGHEST_TRUST, W_WIDEST_GAP,
    W_DANCING_PAIR, W_LIVE_PAIR, W_DISPUTED, W_CONFIDED, W_SURFACED, W_READY, W_PAYER_SAVER,
    W_JOINT_PAIR,
) = range(len(WORDS))  # fmt: skip
FIRST_PAIR_WORD: Final = W_RANDOM_PAIR
UNKNOWN_TRUST: Final = 0.4
READY: Final = 0.42
"""Less trust than this, and saying it is more likely to cost some than to bring any."""


@rule
def seen_trust(seen: Seen, i: int, j: int) -> float:
    """Trust of i in j as it looks; somewhere in the middle where nobody knows."""
    trust = seen.pair[Q_TRUST, i, j]
    return UNKNOWN_TRUST if trust < 0.0 else trust


@rule
def trusted(seen: Seen, i: int) -> float:
    """Mean trust of those at the table in i, as it looks."""
    total = 0.0
    count = 0.0
    for j in range(seen.partner.shape[1]):
        if j != i and seen.partner[P_TABLE, j] > 0.5:
            total += seen_trust(seen, j, i)
            count += 1.0
    return total / count if count > 0.0 else 0.0


@rule
def partner_score(seen: Seen, word: int, i: int) -> float:
    """How well a word for one partner fits i."""
    p = seen.partner
    score = 0.0
    if word == W_MOST_STRETCHED:
        score = -p[P_SLACK, i]
    elif word == W_LEAST_STRETCHED:
        score = p[P_SLACK, i]
    elif word == W_BEST_KNOWN:
        score = p[P_CONTACT, i]
    elif word == W_LEAST_KNOWN:
        score = -p[P_CONTACT, i]
    elif word == W_BELIEVING:
        score = p[P_CREDIBILITY, i]
    elif word == W_UNBELIEVING:
        score = -p[P_CREDIBILITY, i]
    elif word == W_WILLING:
        score = p[P_COMMITMENT, i] if p[P_COMMITMENT, i] > 0.45 else NOBODY
    elif word == W_UNWILLING:
        score = -p[P_COMMITMENT, i]
    elif word == W_STRONGEST:
        score = p[P_POWER, i]
    elif word == W_WEAKEST:
        score = -p[P_POWER, i]
    elif word == W_LEAVING:
        score = 1.0 if p[P_LEAVING, i] > 0.0 else NOBODY
    elif word == W_NEW_LEADER:
        score = 1.0 if p[P_NEW_LEADER, i] > 0.5 else NOBODY
    elif word == W_OUTSIDE:
        score = 1.0 if p[P_TABLE, i] < 0.5 else NOBODY
    elif word == W_HOSPITAL:
        score = 1.0 if p[P_HOSPITAL, i] > 0.5 else NOBODY
    elif word == W_HOME_CARE:
        score = 1.0 if p[P_HOME_CARE, i] > 0.5 else NOBODY
    elif word == W_PAYERS:
        score = p[P_POWER, i] if p[P_PAYER, i] > 0.5 else NOBODY
    elif word == W_COMMISSIONERS:
        score = p[P_POWER, i] if p[P_COMMISSIONER, i] > 0.5 else NOBODY
    elif word == W_CHIEFS:
        score = p[P_POWER, i] if p[P_CHIEF, i] > 0.5 else NOBODY
    elif word == W_MOST_DANCING:
        score = p[P_TOKENS, i]
    elif word == W_LEAST_TRUSTED:
        score = -trusted(seen, i)
    elif word == W_MOST_TRUSTED:
        score = trusted(seen, i)
    return score


@rule
def pair_score(seen: Seen, word: int, i: int, j: int) -> float:
    """How well a word for two fits i and j, in this order."""
    q = seen.pair
    mean = 0.5 * (seen_trust(seen, i, j) + seen_trust(seen, j, i))
    needed = q[Q_DEPENDS, i, j]
    score = needed
    if word == W_LOWEST_TRUST:
        score = needed - mean
    elif word == W_HIGHEST_TRUST:
        score = needed + mean
    elif word == W_WIDEST_GAP:
        score = needed + seen_trust(seen, i, j) - seen_trust(seen, j, i)
    elif word == W_DANCING_PAIR:
        score = q[Q_TOKENS, i, j] + 0.5 * q[Q_DANCING, i, j]
        if score <= 0.0:
            score = NOBODY
    elif word == W_LIVE_PAIR:
        a = int(seen.place[L_LIVE_FIRST])
        b = int(seen.place[L_LIVE_SECOND])
        score = 1.0 if (i == a and j == b) or (i == b and j == a) else NOBODY
    elif word == W_DISPUTED:
        score = 1.0 if q[Q_DISPUTE, i, j] > 0.5 else NOBODY
    elif word == W_CONFIDED:
        score = told_of(seen, i, j)
    elif word == W_SURFACED:
        score = 1.0 if q[Q_SURFACED, i, j] > 0.5 else NOBODY
    elif word == W_READY:
        danced = q[Q_TOKENS, i, j] + 0.5 * q[Q_DANCING, i, j]
        score = mean + 0.1 * min(3.0, danced) if danced > 0.0 and mean > READY else NOBODY
    elif word == W_PAYER_SAVER:
        fits = seen.partner[P_PAYER, i] > 0.5 and seen.partner[P_HOSPITAL, j] > 0.5
        score = seen.partner[P_POWER, i] if fits else NOBODY
    elif word == W_JOINT_PAIR:
        score = q[Q_JOINT, i, j]
    return score


@rule
def told_of(seen: Seen, i: int, j: int) -> float:
    """1 when the players were told of something unsaid between two; 2 if it is to be said."""
    best = NOBODY
    for m in range(seen.matter.shape[1]):
        a = int(seen.matter[X_FIRST, m])
        b = int(seen.matter[X_SECOND, m])
        if int(seen.matter[X_KNOWN, m]) != SEEN_CONFIDED:
            continue
        if (a == i and b == j) or (a == j and b == i):
            best = max(best, 2.0 if int(seen.matter[X_CONFIDENCE, m]) > CONFIDENCE_HELD else 1.0)
    return best
