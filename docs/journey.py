"""Put pictures of the journeys side by side for the README.

KEEP_PICTURES=1 python -m pytest tests/journeys && python docs/journey.py
"""

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "tests" / "journeys" / "pictures"
SHOWN = ("beranda-360", "tanda-terima-360", "kasus-360", "lacak-laporan-360", "angka-360")
WIDTH, HEIGHT, GAP = 360, 800, 24
PAPER = (232, 230, 223)


def main() -> None:
    """Write docs/journey.png."""
    sheet = Image.new("RGB", (len(SHOWN) * (WIDTH + GAP) + GAP, HEIGHT + 2 * GAP), PAPER)
    for place, name in enumerate(SHOWN):
        page = Image.open(PAGES / f"{name}.png").convert("RGB").crop((0, 0, WIDTH, HEIGHT))
        sheet.paste(page, (GAP + place * (WIDTH + GAP), GAP))
    sheet.quantize(64).save(ROOT / "docs" / "journey.png", optimize=True)


if __name__ == "__main__":
    main()
