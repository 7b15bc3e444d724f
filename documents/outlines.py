"""The outlines from which product pictures are drawn: points on a square of 1000 x 1000, joined by smooth curves."""

from dataclasses import dataclass
from enum import StrEnum

Point = tuple[int, int]
_AXIS = 500


class Ink(StrEnum):
    """Which of a picture's colours a part takes."""

    MAIN = "main"
    DEEP = "deep"
    LIGHT = "light"
    ACCENT = "accent"
    WHITE = "white"
    DARK = "dark"


@dataclass(frozen=True)
class Part:
    """A filled shape; with `width` it is a line instead."""

    ink: Ink
    points: tuple[Point, ...]
    width: int = 0
    smooth: bool = True


def _mirror(part: Part) -> Part:
    return Part(part.ink, tuple((1000 - x, y) for x, y in part.points), part.width, part.smooth)


def _both(*parts: Part) -> tuple[Part, ...]:
    return tuple(each for part in parts for each in (part, _mirror(part)))


def _symmetric(ink: Ink, *half: Point) -> Part:
    """The right half, top to bottom, and its mirror image."""
    return Part(ink, half + tuple((1000 - x, y) for x, y in reversed(half) if x != _AXIS))


_LACES = tuple(
    Part(Ink.WHITE, ((x, y), (x + 62, y - 38)), width=15, smooth=False)
    for x, y in ((352, 492), (394, 462), (436, 430), (474, 394), (508, 356))
)

SHOE_SIDE = (
    Part(Ink.LIGHT, ((520, 380), (560, 262), (612, 240), (640, 330), (600, 400))),
    Part(
        Ink.MAIN,
        (
            *((112, 660), (104, 600), (150, 548), (250, 520), (350, 484), (440, 418), (520, 336), (585, 292)),
            *((650, 338), (720, 348), (790, 318), (838, 268), (866, 286), (864, 400), (872, 520), (884, 660)),
            *((640, 672), (360, 672)),
        ),
    ),
    Part(Ink.DEEP, ((110, 662), (104, 600), (150, 548), (236, 524), (262, 572), (266, 664))),
    Part(Ink.DEEP, ((884, 662), (874, 540), (864, 440), (790, 470), (742, 560), (736, 668))),
    Part(Ink.LIGHT, ((828, 276), (866, 286), (866, 400), (836, 404))),
    Part(Ink.ACCENT, ((272, 664), (300, 612), (420, 604), (560, 622), (690, 604), (734, 664)), smooth=False),
    *(Part(Ink.LIGHT, ((x, 470), (x + 14, 540)), width=12, smooth=False) for x in (610, 642, 674, 706)),
    Part(Ink.DEEP, ((330, 500), (430, 436), (520, 350), (585, 300), (606, 330), (540, 412), (450, 492), (372, 540))),
    *_LACES,
    Part(Ink.WHITE, ((96, 650), (300, 668), (640, 664), (892, 644), (902, 700), (880, 736), (500, 744), (150, 740))),
    Part(Ink.DARK, ((116, 726), (500, 736), (890, 724), (872, 756), (500, 764), (160, 758))),
)

SHOE_TOP = tuple(
    Part(part.ink, tuple((x + shift, y) for x, y in part.points), part.width, part.smooth)
    for shift in (-175, 175)
    for part in (
        _symmetric(
            Ink.WHITE, (500, 118), (586, 150), (638, 260), (634, 400), (608, 540), (622, 700), (600, 830), (500, 872)
        ),
        _symmetric(
            Ink.MAIN, (500, 140), (572, 170), (616, 268), (612, 400), (588, 540), (600, 700), (580, 814), (500, 850)
        ),
        _symmetric(Ink.DEEP, (500, 140), (572, 170), (612, 262), (560, 300), (500, 310)),
        _symmetric(Ink.LIGHT, (500, 320), (546, 340), (558, 480), (566, 600), (500, 620)),
        _symmetric(Ink.DARK, (500, 596), (556, 620), (566, 720), (544, 800), (500, 814)),
        _symmetric(Ink.ACCENT, (500, 560), (540, 572), (548, 640), (500, 664)),
        *(Part(Ink.WHITE, ((438, y), (562, y + 16)), width=15, smooth=False) for y in (360, 404, 448, 492, 536)),
    )
)

_TREAD = tuple(
    Part(Ink.DEEP, ((500 - half, y), (500, y + 22), (500 + half, y)), width=14, smooth=False)
    for y, half in (
        (220, 92),
        (270, 116),
        (320, 126),
        (370, 126),
        (420, 116),
        (470, 98),
        (650, 76),
        (700, 88),
        (750, 90),
        (800, 78),
    )
)

SHOE_SOLE = (
    _symmetric(
        Ink.WHITE, (500, 96), (612, 130), (678, 262), (672, 400), (624, 540), (636, 700), (606, 850), (500, 904)
    ),
    _symmetric(
        Ink.MAIN, (500, 120), (598, 152), (656, 268), (650, 396), (602, 540), (614, 698), (588, 834), (500, 880)
    ),
    _symmetric(Ink.ACCENT, (500, 520), (560, 540), (564, 590), (500, 612)),
    *_TREAD,
)

_SLEEVES = _both(Part(Ink.DEEP, ((640, 232), (720, 262), (866, 420), (846, 470), (760, 506), (690, 420))))

TEE_FRONT = (
    *_SLEEVES,
    Part(
        Ink.MAIN,
        (
            *((400, 196), (330, 222), (286, 300), (296, 480), (290, 660), (288, 812), (500, 826), (712, 812)),
            *((710, 660), (704, 480), (714, 300), (670, 222), (600, 196), (560, 236), (500, 250), (440, 236)),
        ),
    ),
    Part(Ink.LIGHT, ((400, 196), (440, 240), (500, 256), (560, 240), (600, 196)), width=18),
    Part(Ink.ACCENT, ((420, 420), (500, 380), (580, 420), (580, 500), (500, 540), (420, 500)), smooth=False),
    Part(Ink.WHITE, ((440, 460), (500, 430), (560, 460)), width=12),
)

TEE_BACK = (
    *_SLEEVES,
    Part(
        Ink.MAIN,
        (
            *((400, 196), (330, 222), (286, 300), (296, 480), (290, 660), (288, 812), (500, 826), (712, 812)),
            *((710, 660), (704, 480), (714, 300), (670, 222), (600, 196), (500, 206)),
        ),
    ),
    Part(Ink.LIGHT, ((400, 198), (500, 214), (600, 198)), width=18),
    Part(Ink.DEEP, ((340, 300), (500, 320), (660, 300)), width=8),
    Part(Ink.WHITE, ((478, 226), (522, 226), (522, 256), (478, 256)), smooth=False),
)

_LONG_SLEEVES = _both(
    Part(Ink.DEEP, ((640, 262), (724, 300), (800, 470), (838, 690), (836, 780), (760, 790), (730, 640), (690, 470))),
    Part(Ink.LIGHT, ((764, 764), (838, 752), (840, 806), (770, 816)), smooth=False),
)
_HOODIE_BODY = (
    Part(
        Ink.MAIN,
        (
            *((400, 240), (330, 262), (284, 340), (292, 520), (286, 680), (290, 800), (500, 812), (710, 800)),
            *((714, 680), (708, 520), (716, 340), (670, 262), (600, 240)),
        ),
    ),
    Part(Ink.LIGHT, ((292, 786), (500, 800), (708, 786), (706, 836), (500, 850), (294, 836)), smooth=False),
)

HOODIE_FRONT = (
    *_LONG_SLEEVES,
    *_HOODIE_BODY,
    _symmetric(Ink.DEEP, (500, 136), (580, 160), (622, 232), (590, 300), (500, 340)),
    _symmetric(Ink.DARK, (500, 176), (556, 196), (578, 246), (550, 284), (500, 304)),
    Part(Ink.WHITE, ((468, 316), (464, 400), (472, 440)), width=10),
    Part(Ink.WHITE, ((532, 316), (536, 390), (528, 424)), width=10),
    Part(Ink.DEEP, ((372, 720), (404, 600), (596, 600), (628, 720)), smooth=False),
    Part(Ink.ACCENT, ((420, 470), (580, 470), (580, 530), (420, 530)), smooth=False),
)

HOODIE_BACK = (
    *_LONG_SLEEVES,
    *_HOODIE_BODY,
    _symmetric(Ink.DEEP, (500, 150), (590, 176), (632, 270), (590, 400), (500, 452)),
    Part(Ink.LIGHT, ((500, 160), (504, 300), (500, 446)), width=8),
    Part(Ink.ACCENT, ((380, 560), (500, 540), (620, 560), (620, 600), (500, 580), (380, 600)), smooth=False),
)

CAP_FRONT = (
    _symmetric(Ink.MAIN, (500, 270), (640, 296), (742, 400), (770, 560), (500, 590)),
    _symmetric(Ink.DEEP, (500, 540), (700, 530), (830, 590), (800, 660), (660, 700), (500, 712)),
    Part(Ink.LIGHT, ((500, 274), (500, 540)), width=7, smooth=False),
    *_both(Part(Ink.LIGHT, ((520, 276), (620, 380), (640, 534)), width=7)),
    Part(Ink.ACCENT, ((440, 410), (560, 410), (580, 470), (500, 500), (420, 470))),
    Part(Ink.DARK, ((478, 262), (500, 252), (522, 262), (500, 280))),
)

CAP_SIDE = (
    Part(Ink.MAIN, ((330, 590), (326, 450), (400, 330), (530, 276), (670, 310), (760, 420), (786, 596), (560, 610))),
    Part(Ink.DEEP, ((340, 540), (250, 560), (130, 620), (96, 664), (200, 672), (340, 624), (420, 600))),
    Part(Ink.LIGHT, ((530, 280), (480, 400), (470, 596)), width=7),
    Part(Ink.LIGHT, ((530, 280), (640, 400), (670, 600)), width=7),
    Part(Ink.DARK, ((508, 268), (530, 258), (554, 268), (530, 288))),
    Part(Ink.ACCENT, ((690, 540), (780, 540), (784, 572), (692, 576)), smooth=False),
)

CAP_BACK = (
    _symmetric(Ink.MAIN, (500, 280), (640, 306), (744, 410), (776, 620), (500, 640)),
    _symmetric(Ink.DARK, (500, 500), (570, 530), (596, 616), (500, 622)),
    Part(Ink.DEEP, ((390, 612), (610, 612), (614, 660), (386, 660)), smooth=False),
    Part(Ink.ACCENT, ((476, 618), (524, 618), (524, 654), (476, 654)), smooth=False),
    *_both(Part(Ink.LIGHT, ((520, 286), (640, 400), (676, 618)), width=7)),
    Part(Ink.DARK, ((478, 272), (500, 262), (522, 272), (500, 290))),
)

_HANDLES = (Part(Ink.DEEP, ((390, 420), (396, 240), (450, 170), (550, 170), (604, 240), (610, 420)), width=28),)

TOTE_FRONT = (
    *_HANDLES,
    Part(Ink.MAIN, ((260, 392), (740, 392), (768, 830), (232, 830)), smooth=False),
    Part(Ink.LIGHT, ((262, 424), (738, 424)), width=8, smooth=False),
    Part(Ink.ACCENT, ((500, 520), (590, 610), (500, 700), (410, 610))),
    Part(Ink.WHITE, ((450, 610), (500, 560), (550, 610)), width=12),
)

TOTE_SIDE = (
    Part(Ink.DEEP, ((470, 420), (480, 220), (500, 180), (520, 220), (530, 420)), width=28),
    Part(Ink.DEEP, ((420, 392), (580, 392), (628, 830), (372, 830)), smooth=False),
    Part(Ink.MAIN, ((500, 400), (580, 392), (628, 830), (500, 820)), smooth=False),
    Part(Ink.LIGHT, ((500, 400), (500, 824)), width=8, smooth=False),
)

TOTE_OPEN = (
    *_HANDLES,
    Part(Ink.MAIN, ((240, 470), (760, 470), (780, 860), (220, 860)), smooth=False),
    _symmetric(Ink.DARK, (500, 400), (680, 420), (756, 470), (680, 524), (500, 540)),
    Part(Ink.LIGHT, ((420, 470), (580, 470), (570, 530), (430, 530)), smooth=False),
    Part(Ink.ACCENT, ((690, 640), (760, 640), (764, 700), (694, 700)), smooth=False),
)
