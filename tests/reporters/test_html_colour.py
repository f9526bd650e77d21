"""The colours of the HTML report can be told from their grounds, in light, in dark and on paper."""

from __future__ import annotations

import re
from math import cos, radians, sin

import pytest

from healthlint.formats import parse
from tests.reporters.html_page import page_of


def _schemes() -> dict[str, dict[str, str]]:
    page = page_of(parse("a.md", "# T\n\nText.\n"))
    style = "".join(page.raw["style"])
    light, dark, paper = (
        dict(re.findall(r"--([\w-]+):\s*([^;]+);", block)) for block in re.findall(r":root \{([^}]*)\}", style)
    )
    return {"light": light, "dark": {**light, **dark}, "print": {**light, **paper}}


def _luminance(color: str) -> float:
    """Relative luminance by WCAG 2.2 of #rgb, #rrggbb or oklch(l% c h); OKLab by Ottosson 2020."""
    if color.startswith("#"):
        digits = color[1:] if len(color) == 7 else "".join(c * 2 for c in color[1:])
        srgb = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in srgb]
    else:
        lightness, chroma, hue = (float(part.rstrip("%")) for part in color[6:-1].split())
        a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
        lab = lightness / 100
        long, medium, short = (
            (lab + 0.3963377774 * a + 0.2158037573 * b) ** 3,
            (lab - 0.1055613458 * a - 0.0638541728 * b) ** 3,
            (lab - 0.0894841775 * a - 1.2914855480 * b) ** 3,
        )
        linear = [
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        ]
        linear = [min(1.0, max(0.0, c)) for c in linear]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "print"])
def test_contrast_meets_wcag_aa(name: str) -> None:
    """4.5 for text (1.4.3), 3 for the lines that carry meaning (1.4.11), in every colour scheme."""
    colors = _schemes()[name]
    for text in ("ink", "soft", "accent", "error", "warning", "info"):
        for ground in ("paper", "raised"):
            assert _contrast(colors[text], colors[ground]) >= 4.5, (text, ground)
    for ground in ("hard", "hardest", "find"):
        assert _contrast(colors["ink"], colors[ground]) >= 4.5, ground
        if ground != "find":
            assert _contrast(colors["soft"], colors[ground]) >= 4.5, ("soft", ground)
    for hue in (25, 350, 255, 300, 60, 195, 230, 145, 325, 275, 95, 170):
        tint = f"oklch({colors['tint-l']} {colors['tint-c']} {hue})"
        edge = f"oklch({colors['edge-l']} {colors['edge-c']} {hue})"
        lit = f"oklch({colors['lit-l']} {colors['lit-c']} {hue})"
        assert _contrast(colors["ink"], tint) >= 4.5, hue
        assert _contrast(colors["ink"], lit) >= 4.5, hue
        assert _contrast(edge, colors["paper"]) >= 3, hue
