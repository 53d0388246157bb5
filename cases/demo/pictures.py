"""The demo's made-up screenshots with what was read on them, kept so that loading needs no reading engine.

`images/recipe/` holds the pages they are drawn from (`cases.demo.drawing`).
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from evidence.digests import sha256_hex
from evidence.images import CleanImage, rebuild
from evidence.lines import ReadLine
from evidence.text import ReadText, read_text
from reports.originals import Picture

FOLDER = Path(__file__).parent / "images"


class StaleText(ValueError):
    """The text kept beside a picture is not of that picture; the message says what to run."""


@dataclass(frozen=True)
class DemoPicture:
    """A screenshot as it is uploaded, its clean copy, and the text read from that copy."""

    upload: Picture
    clean: CleanImage
    text: ReadText


@lru_cache(maxsize=16)
def demo_picture(name: str) -> DemoPicture:
    """The picture of a name, decoded and rebuilt once per process like any upload."""
    upload = Picture.of((FOLDER / f"{name}.png").read_bytes())
    return DemoPicture(upload, rebuild(upload.data), kept_text(FOLDER / f"{name}.json", upload.sha256))


def read_pictures(folder: Path = FOLDER) -> Iterator[tuple[str, int]]:
    """Read every picture of a folder again and keep its text beside it; gives name and number of lines."""
    for path in sorted(folder.glob("*.png")):
        found = read_text(rebuild(path.read_bytes()).data)
        lines = [asdict(line) | {"confidence": round(line.confidence, 4)} for line in found.lines]
        rows = ",\n".join(f"    {json.dumps(line, ensure_ascii=False)}" for line in lines)
        head = f'"picture": "{sha256_hex(path.read_bytes())}",\n  "engine": {json.dumps(found.engine)}'
        kept = f'{{\n  {head},\n  "lines": [\n{rows}\n  ]\n}}\n'
        path.with_suffix(".json").write_text(kept, encoding="utf-8")
        yield path.stem, len(lines)


def kept_text(path: Path, sha256: str) -> ReadText:
    """The text kept of a picture. Raises StaleText when it was read from another picture than this one."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    if kept["picture"] != sha256:
        raise StaleText(f"{path.name}: the picture was drawn anew; run: manage.py read_demo_images")
    lines = tuple(
        ReadLine(text=line["text"], box=tuple(line["box"]), confidence=line["confidence"]) for line in kept["lines"]
    )
    return ReadText(lines=lines, engine=kept["engine"], seconds=0.0)
