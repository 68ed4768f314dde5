"""Conditions of a scenario (`trust(council, hospital) < wary`), on the twin's own values."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sim.expressions import parse
from sim.expressions.tree import (
    Chain,
    Comparison,
    Negative,
    Node,
    Not,
    Number,
    Reference,
    Truth,
    Word,
)
from sim.fields import TERMS

if TYPE_CHECKING:
    from peers.twin.model import Twin

_parsed = cache(parse)


def holds(condition: str | None, model: Twin) -> bool:
    """Whether a condition holds now; none always does."""
    return condition is None or bool(_value(_parsed(condition), model))


def _value(node: Node, model: Twin) -> float:
    match node:
        case Number() | Word() | Truth():
            return float(node.value)
        case Reference():
            return _read(node.name, [argument.id for argument in node.arguments], model)
        case Not():
            return float(not _value(node.inner, model))
        case Negative():
            return -_value(node.inner, model)
        case Comparison():
            return float(
                _compare(_value(node.left, model), node.operator, _value(node.right, model))
            )
        case Chain():
            result = _value(node.first, model)
            for operator, following in node.rest:
                result = _join(result, operator, _value(following, model))
            return result


def _compare(left: float, operator: str, right: float) -> bool:
    return {
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
        "==": left == right,
        "!=": left != right,
    }[operator]


def _join(left: float, operator: str, right: float) -> float:
    match operator:
        case "and":
            return float(bool(left) and bool(right))
        case "or":
            return float(bool(left) or bool(right))
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right if right else 0.0


def _read(name: str, ids: list[str], model: Twin) -> float:
    """The value of one term; what there is stands in `sim.fields.TERMS`."""
    group = TERMS[name].group
    if group == "pair":
        one, other = (model.partner_of[id] for id in ids)
        tie = one.ties[other]
        return tie.trust[one] if name == "trust" else float(getattr(tie, name))
    if group == "partner":
        return float(getattr(model.partner_of[ids[0]], name))
    if group == "matter":
        return float(getattr(model.matter(ids[0]), name))
    if group == "measure":
        return model.measures[name.removeprefix("mean_")]
    if name == "month":
        return float(model.month)
    if name == "turn":
        return float(model.turn)
    if name == "leaders_left":
        return float(sum(partner.leaders for partner in model.partners))
    return float(getattr(model.place, name))
