"""Colours, light and dark, and the sizes of type.

Pairs are computed to be readable (text at least 4.5 to 1, graphics at least 3 to 1), which
tests check; nothing is said by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

TITLE: Final = 42
"""Sizes of type at 1080p.  What the room must read is BODY or larger."""
HEADING: Final = 36
BODY: Final = 30
SMALL: Final = 24  # for the facilitator alone

SECTORS: Final = (
    "council", "health", "voluntary", "police", "education", "housing", "business", "residents",
)  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """Colours as "#RRGGBB", by what they are for."""

    name: str
    background: str
    canvas: str
    panel: str
    panel2: str
    selected: str
    text: str
    muted: str
    border: str  # of controls
    hairline: str
    accent: str
    on_accent: str
    good: str
    warn: str
    tension: str
    conflict: str
    hush: str  # what a row's words stand on
    trust: tuple[str, str, str, str, str]  # low to high
    sectors: Mapping[str, str]
    on_sector: str  # icons on a sector's colour
    focus_outer: str = "#0B0C0C"
    focus_inner: str = "#FFDD00"

    def sector(self, sector: str) -> str:
        """A sector's colour; an unknown one is grey."""
        return self.sectors.get(sector, self.muted)


def _sectors(*colours: str) -> Mapping[str, str]:
    return MappingProxyType(dict(zip(SECTORS, colours, strict=True)))


LIGHT: Final = Theme(
    name="light",
    background="#ECE8E0",
    canvas="#F7F5F0",
    panel="#FFFFFF",
    panel2="#F2EFE8",
    selected="#DCE9F7",
    text="#1B2430",
    muted="#505B69",
    border="#747B86",
    hairline="#D9D4C8",
    accent="#0B5CAD",
    on_accent="#FFFFFF",
    good="#1F6F4A",
    warn="#8A5A00",
    tension="#C2410C",
    conflict="#9B1C3B",
    hush="#FFF4F2",
    trust=("#7F8FA2", "#5C80A8", "#3C6EA8", "#1C559C", "#0A3673"),
    sectors=_sectors(
        "#0E2C96", "#1B9494", "#8C5EE8", "#383D48", "#B07C22", "#1C4A10", "#765E4E", "#D93C7C"
    ),
    on_sector="#FFFFFF",
)

DARK: Final = Theme(
    name="dark",
    background="#0D131B",
    canvas="#131B26",
    panel="#1C2635",
    panel2="#243145",
    selected="#1E3E63",
    text="#F2F5F9",
    muted="#B4C0CF",
    border="#7C8CA3",
    hairline="#33425A",
    accent="#63B3FF",
    on_accent="#08131F",
    good="#6FDDA5",
    warn="#FFC857",
    tension="#FF8A4C",
    conflict="#FF6B8B",
    hush="#170A10",
    trust=("#627389", "#6E92BC", "#7DB1EA", "#9ACBFF", "#CDE6FF"),
    sectors=_sectors(
        "#63B9FE", "#3FA39F", "#9278DC", "#DEE5F2", "#C08A1E", "#BDF284", "#E1B1A1", "#EA5590"
    ),
    on_sector="#0D131B",
)

THEMES: Final[Mapping[str, Theme]] = MappingProxyType({"light": LIGHT, "dark": DARK})


def rgb(colour: str) -> tuple[int, int, int]:
    """``"#0B5CAD"`` as three bytes."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: str, other: str, share: float) -> str:
    """A colour between two: ``share`` 0 gives the first, 1 the other."""
    pairs = zip(rgb(one), rgb(other))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    def linear(byte: int) -> float:
        value = byte / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(byte) for byte in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
