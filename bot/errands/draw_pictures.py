"""The errand that draws the sample shop's product pictures, away from the desk."""

import asyncio
from pathlib import Path

from bot.errands import Outside, errand
from documents.pictures import Subject, product_pictures
from services.sample_shop import DrawPictures, fill_sample_shop
from shop.sample_shop import SAMPLE_PRODUCTS, SampleProduct
from storage.files import keep_bytes
from storage.tasks import Job
from storage.work import Work


def fill_without_pictures(work: Work, _: DrawPictures) -> None:
    """Better goods without pictures than a shop without goods."""
    fill_sample_shop(work, ())


@errand(DrawPictures, give_up=fill_without_pictures)
async def draw_pictures(outside: Outside, _: DrawPictures) -> Job[None]:
    drawn = await asyncio.to_thread(_draw_all, outside.files)

    def report(work: Work) -> None:
        for name, size in (picture for pictures in drawn for picture in pictures):
            work.files.record(name, size=size, type="image/jpeg")
        fill_sample_shop(work, [[name for name, _ in pictures] for pictures in drawn])

    return report


def _draw_all(files: Path) -> list[list[tuple[str, int]]]:
    """For each product its pictures: the name in the store, and the size in bytes."""
    return [[(keep_bytes(files, picture), len(picture)) for picture in _pictures(each)] for each in SAMPLE_PRODUCTS]


def _pictures(sample: SampleProduct) -> tuple[bytes, ...]:
    colour = sample.colours[0]
    subject = Subject(
        title=sample.title, colour_name=colour.name, look=sample.look, main=colour.main, accent=colour.accent
    )
    return product_pictures(subject)
