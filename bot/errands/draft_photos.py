"""Fetches the photos of a product draft, so that the same picture sent twice is known by its content."""

from bot.errands import Outside, errand
from bot.errands.fetch_file import fetch
from services.product_drafts import FetchDraftPhoto, know_photo
from storage.files import keep_bytes
from storage.tasks import Job
from storage.work import Work


@errand(FetchDraftPhoto)
async def fetch_draft_photo(outside: Outside, wish: FetchDraftPhoto) -> Job[None]:
    content = await fetch(outside, wish.file_id)
    name = keep_bytes(outside.files, content)

    def report(work: Work) -> None:
        work.files.record(name, size=len(content), type="image/jpeg")
        know_photo(work, wish.draft_id, wish.unique_id, name)

    return report
