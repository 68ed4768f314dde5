"""The table's picture as SVG text: cloth, ties, lumps, projects, chairs.

Strings in, strings out; :mod:`game.view.table` has them rasterised once and keeps them.
Lengths are pixels at the size of the canvas; ``unit`` is the layout's u.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from game.view.table_geometry import TableShape
from game.view.table_reading import DrawnTie, Mark
from game.view.table_routes import Curve
from sim.observation import TieSeen

WIDTHS: Final = (3.0, 4.0, 7.0, 10.5, 14.0)
"""Width of a tie for each band of trust, in u."""


@dataclass(frozen=True)
class Paint:
    """The colours the table needs, "#RRGGBB"."""

    canvas: str
    cloth: str
    cloth_light: str
    cloth_edge: str
    lump_light: str  # where a swelling in the cloth catches the light
    lump_dark: str  # and where it does not
    text: str
    muted: str
    hairline: str
    good: str
    tension: str
    conflict: str
    on_mark: str
    trust: tuple[str, ...]
    rails: str  # joint working, where it is not looked at
    shade: str  # what a shadow is made of
    shade_strength: float


def document(width: float, height: float, body: str, left: float = 0, top: float = 0) -> str:
    """A whole SVG file, showing ``width`` × ``height`` pixels from (left, top)."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}">{body}</svg>'
    )


def cloth(shape: TableShape, paint: Paint, unit: float) -> str:
    """The table under its cloth: a shadow, a hanging hem, the top and its stitching."""
    drop = 15 * unit
    strength = paint.shade_strength
    top = _path(np.array(shape.rim())) + "Z"
    stitches = _path(np.array(shape.rim(11 * unit))) + "Z"
    return (
        f'<defs><radialGradient id="top" cx="50%" cy="42%" r="75%">'
        f'<stop offset="0" stop-color="{paint.cloth_light}"/>'
        f'<stop offset="1" stop-color="{paint.cloth}"/></radialGradient></defs>'
        f'<path d="{top}" transform="translate(0 {drop * 1.9:.1f})" '
        f'fill="{paint.shade}" fill-opacity="{strength * 0.5:.2f}"/>'
        f'<path d="{top}" transform="translate(0 {drop:.1f})" fill="{paint.cloth_edge}"/>'
        f'<path d="{top}" fill="url(#top)" stroke="{paint.hairline}" '
        f'stroke-width="{2 * unit:.1f}"/>'
        f'<path d="{stitches}" fill="none" stroke="{paint.hairline}" '
        f'stroke-width="{1.5 * unit:.1f}" stroke-dasharray="{7 * unit:.1f} {6 * unit:.1f}"/>'
    )


def line_points(curve: Curve) -> np.ndarray:
    """The centre line of a tie, shape (41, 2)."""
    t = np.linspace(0.0, 1.0, 41)[:, None]
    start, control, end = (np.array(p) for p in (curve.start, curve.control, curve.end))
    points: np.ndarray = (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end
    return points


def _path(points: np.ndarray) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _stroke(path: str, colour: str, width: float, dash: str = "", opacity: float = 1.0) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    faint = f' stroke-opacity="{opacity:.2f}"' if opacity < 1 else ""
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" '
        f'stroke-linecap="round" stroke-linejoin="round"{dashes}{faint}/>'
    )


def _ribbon(points: np.ndarray, widths: np.ndarray, colour: str, opacity: float = 1.0) -> str:
    """A band of varying width along a line."""
    along = np.gradient(points, axis=0)
    long = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1) / long[:, None]
    edge = normal * (widths / 2)[:, None]
    outline = np.concatenate([points + edge, (points - edge)[::-1]])
    faint = f' fill-opacity="{opacity:.2f}"' if opacity < 1 else ""
    return f'<path d="{_path(outline)}Z" fill="{colour}"{faint}/>'


def tie(drawn: DrawnTie, style: str, paint: Paint, unit: float) -> str:
    """One tie.  Each half shows what the partner at that end thinks of the other."""
    seen = drawn.seen
    points = line_points(drawn.curve)
    whole = _path(points)
    if style == "ghost":
        body = ""
        if seen.joint:
            gap = joint_width(seen.joint) * unit
            body += _stroke(whole, paint.rails, gap + 4.5 * unit)
            body += _stroke(whole, paint.cloth_light, gap)
        if seen.dancing or seen.tokens:
            thin = max(2.0, min(3.0, joint_width(seen.joint) - 1.5)) if seen.joint else 3.0
            return body + _stroke(whole, paint.tension, thin * unit, opacity=0.8)
        return body or _stroke(whole, paint.muted, 1.5 * unit, opacity=0.16)
    if style == "dispute":
        return _stroke(whole, paint.canvas, 11 * unit, opacity=0.9) + _stroke(
            whole, paint.conflict, 6.5 * unit, f"{9 * unit:.1f} {12 * unit:.1f}"
        )
    if style == "tension":
        return _stroke(whole, paint.canvas, 10 * unit, opacity=0.9) + _stroke(
            whole, paint.tension, 5 * unit, f"{26 * unit:.1f} {15 * unit:.1f}"
        )
    return trust_tie(points, seen, paint, unit)


def trust_tie(points: np.ndarray, seen: TieSeen, paint: Paint, unit: float) -> str:
    """Trust as width and colour, one half each; dotted where it is lowest, thin where unknown."""
    core = joint_width(seen.joint)
    rails = core + 5.0 if seen.joint else 0.0
    one, two = (
        max(2.5 if band is None else WIDTHS[band], rails) for band in (seen.trust_ab, seen.trust_ba)
    )
    part = np.clip((np.linspace(0, 1, len(points)) - 0.36) / 0.28, 0, 1)
    widths = (one + (two - one) * part * part * (3 - 2 * part)) * unit
    middle = len(points) // 2
    body = _ribbon(points, widths + 5 * unit, paint.canvas, 0.9)
    for cut, band in ((slice(0, middle + 1), seen.trust_ab), (slice(middle, None), seen.trust_ba)):
        if band is None:
            body += _ribbon(points[cut], widths[cut], paint.muted, 0.5)
        elif band == 0 and not seen.joint:
            dash = f"{0.1 * unit:.2f} {8.5 * unit:.1f}"
            body += _stroke(_path(points[cut]), paint.trust[0], 4.2 * unit, dash)
        else:
            body += _ribbon(points[cut], widths[cut], paint.trust[band])
    if core:
        body += _ribbon(points, np.minimum(widths - 4 * unit, core * unit), paint.cloth_light)
    return body


def joint_width(joint: int) -> float:
    """Width in u of the band inside a tie that shows joint working, by its band 0 to 4."""
    return (0.0, 1.8, 3.6, 5.6, 8.0)[joint]


def roots(mark: Mark, shape: TableShape, paint: Paint, unit: float) -> str:
    """What holds a project to its members: dots, then a line, then roots."""
    assert mark.project is not None
    body = ""
    for k, member in enumerate(mark.members):
        try:
            place = shape.place(member)
        except KeyError:
            continue
        x, y = mark.spot.x, mark.spot.y
        mid = ((x + place.x) / 2, (y + place.y) / 2)
        bend = 0.16 if k % 2 else -0.16
        control = (mid[0] + (place.y - y) * bend, mid[1] - (place.x - x) * bend)
        path = f"M{x:.1f} {y:.1f}Q{control[0]:.1f} {control[1]:.1f} {place.x:.1f} {place.y:.1f}"
        if mark.project.stage == "running":
            dash = f"{0.1 * unit:.2f} {8 * unit:.1f}"
            body += _stroke(path, paint.good, 3.4 * unit, dash, opacity=0.75)
        elif mark.project.stage == "delivered":
            body += _stroke(path, paint.good, 3 * unit, opacity=0.75)
        else:
            curve = Curve((x, y), control, (place.x, place.y))
            body += _rootlet(curve, paint, unit)
    return body


def _rootlet(curve: Curve, paint: Paint, unit: float) -> str:
    """A root: thick at the stem, thin at the tip, with two side shoots."""
    points = curve.points()
    count = len(points)
    long = max(1e-9, float(np.hypot(*(points[-1] - points[0]))))
    body = ""
    for k in range(0, count - 1, 4):
        width = (7.0 - 4.2 * k / count) * unit
        body += _stroke(_path(points[k : k + 5]), paint.good, width)
    for part, side in ((0.3, 1), (0.52, -1), (0.7, 1)):
        x, y = curve.point(part)
        nx, ny = curve.normal(part)
        dx, dy = (points[-1] - points[0]) / long
        reach = 17 * unit
        tip = (x + (nx * side + dx) * reach * 0.8, y + (ny * side + dy) * reach * 0.8)
        bow = (x + dx * reach * 0.6, y + dy * reach * 0.6)
        body += _stroke(
            f"M{x:.1f} {y:.1f}Q{bow[0]:.1f} {bow[1]:.1f} {tip[0]:.1f} {tip[1]:.1f}",
            paint.good,
            2.6 * unit,
        )
    return body
