"""Files as Telegram keeps them: identifiers, real photo sizes, byte-identical downloads."""

import base64
import hashlib
import io
import mimetypes
import warnings
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from PIL import Image

from playground.refusals import WRONG_FILE, bad_request

MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_PHOTO_SIDES = 10_000
MAX_PHOTO_RATIO = 20
SIZES = (("s", 90), ("m", 320), ("x", 800), ("y", 1280))
KEPT_FILES = 20_000


@dataclass(frozen=True)
class StoredFile:
    """Some bytes and the names under which a bot may ask for them."""

    file_id: str
    unique_id: str
    kind: str
    content: bytes
    path: str
    name: str = ""
    mime: str = "application/octet-stream"
    width: int = 0
    height: int = 0

    def as_json(self) -> dict[str, Any]:
        """The part that every kind of file shares."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}

    def as_photo_size(self) -> dict[str, Any]:
        return {**self.as_json(), "width": self.width, "height": self.height}


class Files:
    """All files of this Telegram; the oldest go when there are very many."""

    def __init__(self) -> None:
        self._by_id: OrderedDict[str, StoredFile] = OrderedDict()
        self._by_path: dict[str, StoredFile] = {}
        self._photos: OrderedDict[str, list[StoredFile]] = OrderedDict()
        self._count = 0

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def get(self, file_id: str, kind: str = "") -> StoredFile:
        """A file that is to be sent again, as a file of the same kind."""
        stored = self.find(file_id)
        if stored is None:
            raise bad_request(WRONG_FILE)
        if kind and stored.kind != kind:
            raise bad_request(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
        return stored

    def at_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def photo_of(self, file_id: str) -> list[StoredFile]:
        """All sizes of the photo one of whose sizes has this identifier."""
        stored = self.get(file_id, "photo")
        return next((sizes for sizes in self._photos.values() if stored in sizes), [stored])

    def keep(self, content: bytes, *, kind: str = "document", name: str = "", mime: str = "") -> StoredFile:
        if not content:
            raise bad_request("file must be non-empty")
        kept_mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self._add(content, kind, f"{kind}s", name=name, mime=kept_mime)

    def keep_photo(self, content: bytes) -> list[StoredFile]:
        """The sizes of a photo, smallest first; the largest is the very bytes that came."""
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._photos:
            self._photos[digest] = self._photo_sizes(content)
            while len(self._photos) > KEPT_FILES:
                self._photos.popitem(last=False)
        return self._photos[digest]

    def _photo_sizes(self, content: bytes) -> list[StoredFile]:
        image = _opened(content)
        width, height = image.size
        mime = Image.MIME.get(image.format or "JPEG", "image/jpeg")
        sizes = []
        for _, side in SIZES:
            if max(width, height) <= side:
                break
            sizes.append(self._smaller(image, side))
        sizes.append(self._add(content, "photo", "photos", mime=mime, size=(width, height)))
        return sizes

    def _smaller(self, image: Image.Image, side: int) -> StoredFile:
        copy = image.convert("RGB")
        copy.thumbnail((side, side))
        written = io.BytesIO()
        copy.save(written, "JPEG", quality=80)
        return self._add(written.getvalue(), "photo", "photos", mime="image/jpeg", size=copy.size)

    def _add(
        self, content: bytes, kind: str, folder: str, *, name: str = "", mime: str = "", size: tuple[int, int] = (0, 0)
    ) -> StoredFile:
        number, self._count = self._count, self._count + 1
        digest = hashlib.sha256(kind.encode() + content).digest()
        ending = mimetypes.guess_extension(mime) if kind == "photo" or not name else ""
        ending = ending if ending is not None and ending else ("." + name.rsplit(".", 1)[-1] if "." in name else "")
        stored = StoredFile(
            file_id=_identifier(b"\x02" + number.to_bytes(6, "big") + digest[:24]),
            unique_id=_identifier(b"\x11" + digest[:11]),
            kind=kind,
            content=content,
            path=f"{folder}/file_{number}{ending}",
            name=name,
            mime=mime,
            width=size[0],
            height=size[1],
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        if len(self._by_id) > KEPT_FILES:
            _, oldest = self._by_id.popitem(last=False)
            self._by_path.pop(oldest.path, None)
        return stored


def _identifier(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _opened(content: bytes) -> Image.Image:
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > MAX_PHOTO_BYTES:
        said = f"file of size {len(content)} bytes is too big for a photo; the maximum size is {MAX_PHOTO_BYTES} bytes"
        raise bad_request(said)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we look at the size ourselves
            image = Image.open(io.BytesIO(content))
        width, height = image.size
        if width + height > MAX_PHOTO_SIDES or max(width, height) > MAX_PHOTO_RATIO * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        image.load()
    except Image.DecompressionBombError:
        raise bad_request("PHOTO_INVALID_DIMENSIONS") from None
    except (OSError, ValueError, SyntaxError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    return image
