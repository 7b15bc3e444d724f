"""Product pictures for the sample shop: drawn, not photographed, the same every time."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from documents import outlines
from documents.outlines import Ink, Part, Point
from shop.sample_shop import Look

SIDE = 800
_FINE = 2  # drawn twice as large and scaled down: smooth edges
_SCALE = SIDE * _FINE / 1000
_FONT = Path(__file__).with_name("fonts") / "NotoSansSC-R-gb2312.ttf"
_PAPER = (246, 243, 238)
_TEXT = (58, 54, 50)
_STEPS = 12

Colour = tuple[int, int, int]


_VIEWS: dict[Look, tuple[tuple[Part, ...], ...]] = {
    Look.SHOE: (outlines.SHOE_SIDE, outlines.SHOE_TOP, outlines.SHOE_SOLE),
    Look.TEE: (outlines.TEE_FRONT, outlines.TEE_BACK),
    Look.HOODIE: (outlines.HOODIE_FRONT, outlines.HOODIE_BACK),
    Look.CAP: (outlines.CAP_FRONT, outlines.CAP_SIDE, outlines.CAP_BACK),
    Look.TOTE: (outlines.TOTE_FRONT, outlines.TOTE_SIDE, outlines.TOTE_OPEN),
}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What the picture shows; colours are `#rrggbb`."""

    title: str
    colour_name: str
    look: Look
    main: str
    accent: str


def product_pictures(subject: Subject) -> tuple[bytes, ...]:
    """Three JPEG pictures from different angles; of clothes the third is the fabric from close by."""
    views = [_drawn(subject, parts) for parts in _VIEWS[subject.look]]
    if len(views) == 2:  # noqa: PLR2004  front and back; the fabric makes three
        views.append(_woven(subject))
    return tuple(_jpeg(_captioned(view, subject, number)) for number, view in enumerate(views, start=1))


def _drawn(subject: Subject, parts: Sequence[Part]) -> Image.Image:
    picture = _backdrop(subject)
    draw = ImageDraw.Draw(picture)
    inks = _inks(subject)
    for part in parts:
        points = [(x * _SCALE, y * _SCALE * 0.92) for x, y in _curve(part)]
        if part.width:
            draw.line(points, fill=inks[part.ink], width=int(part.width * _SCALE), joint="curve")
        else:
            draw.polygon(points, fill=inks[part.ink])
    return picture


def _backdrop(subject: Subject) -> Image.Image:
    """Light from above left, and a soft shadow to stand on."""
    shade = Image.linear_gradient("L").resize((SIDE * _FINE, SIDE * _FINE))
    tinted = _mixed(_PAPER, _rgb(subject.main), 0.16)
    picture = Image.composite(Image.new("RGB", shade.size, tinted), Image.new("RGB", shade.size, _PAPER), shade)
    glow = Image.radial_gradient("L").resize((int(900 * _SCALE), int(150 * _SCALE)))
    dark = Image.new("RGB", glow.size, _mixed(tinted, (0, 0, 0), 0.22))
    picture.paste(dark, (int(50 * _SCALE), int(660 * _SCALE)), glow.point(lambda value: max(0, 190 - value)))
    return picture


def _woven(subject: Subject) -> Image.Image:
    """Threads over and under, seen from close by."""
    size, thread = SIDE * _FINE, 80 * _FINE
    inks = _inks(subject)
    picture = Image.new("RGB", (size, size), _mixed(inks[Ink.DEEP], (0, 0, 0), 0.2))
    draw = ImageDraw.Draw(picture)
    for row in range(size // thread + 1):
        for column in range(size // thread + 1):
            over = (row + column) % 2 == 0
            wide, high = (6, 22) if over else (22, 6)
            box = (
                *(column * thread + wide, row * thread + high),
                *((column + 1) * thread - wide, (row + 1) * thread - high),
            )
            draw.rounded_rectangle(box, radius=thread // 4, fill=inks[Ink.MAIN if over else Ink.DEEP])
    seam = int(size * 0.72)
    draw.rectangle((0, seam, size, seam + thread // 3), fill=inks[Ink.ACCENT])
    return picture


def _captioned(picture: Image.Image, subject: Subject, number: int) -> Image.Image:
    small = picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    draw = ImageDraw.Draw(small)
    draw.rectangle((0, SIDE - 92, SIDE, SIDE), fill=(255, 255, 255))
    draw.ellipse((28, SIDE - 62, 60, SIDE - 30), fill=_rgb(subject.main), outline=_TEXT)
    draw.text((76, SIDE - 46), f"{subject.title}  {subject.colour_name}", font=_font(30), fill=_TEXT, anchor="lm")
    draw.text((SIDE - 28, SIDE - 46), f"{number}/3", font=_font(24), fill=_TEXT, anchor="rm")
    return small


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), size)


def _inks(subject: Subject) -> dict[Ink, Colour]:
    main = _rgb(subject.main)
    return {
        Ink.MAIN: main,
        Ink.DEEP: _mixed(main, (0, 0, 0), 0.24),
        Ink.LIGHT: _mixed(main, (255, 255, 255), 0.35),
        Ink.ACCENT: _rgb(subject.accent),
        Ink.WHITE: (252, 251, 248),
        Ink.DARK: (52, 50, 54),
    }


def _rgb(colour: str) -> Colour:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _curve(part: Part) -> list[tuple[float, float]]:
    """A Catmull-Rom curve through the points; open for lines, closed for shapes."""
    points = part.points
    if not part.smooth:
        return [(float(x), float(y)) for x, y in points]
    ring = (points[0], *points, points[-1]) if part.width else (points[-1], *points, points[0], points[1])
    return [
        _between(ring[start : start + 4], step / _STEPS) for start in range(len(ring) - 3) for step in range(_STEPS + 1)
    ]


def _between(four: Sequence[Point], at: float) -> tuple[float, float]:
    def along(axis: int) -> float:
        before, start, end, after = (point[axis] for point in four)
        return 0.5 * (
            2 * start
            + (end - before) * at
            + (2 * before - 5 * start + 4 * end - after) * at**2
            + (3 * start - before - 3 * end + after) * at**3
        )

    return along(0), along(1)
