"""Draws the made-up screenshots again from the pages in `images/recipe/`: `python -m cases.demo.drawing`.

Needs the development packages and Debian's Chromium. Afterwards run `manage.py read_demo_images`.
"""

from playwright.sync_api import sync_playwright

from cases.demo.pictures import FOLDER

CHROMIUM = "/usr/bin/chromium"
WIDTH = 600


def draw() -> None:
    """Write one PNG per page, as high as the page is."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page(viewport={"width": WIDTH, "height": 400})
        for source in sorted((FOLDER / "recipe").glob("*.html")):
            page.goto(source.as_uri())
            page.screenshot(path=FOLDER / f"{source.stem}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    draw()
