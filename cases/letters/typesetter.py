"""The child that sets a letter. It imports no Django, and once confined it opens no file and reaches no network.

Standard input: one JSON object of `source` (Typst), `data` (the letter's facts), `at` (seconds since 1970) and `mark`,
empty or the text that lays the mark of a draft over finished pages. Answer: the PDF as payload, or `mistakes`, the
compiler's messages.
"""

import json
from pathlib import Path
from typing import Any, Literal

import typst

from evidence.children import announce_and_read, answer

Standard = Literal["a-2a", "ua-1"]
# PDF/A-2a for the archive, PDF/UA-1 for readers who listen.
STANDARDS: list[Standard] = ["a-2a", "ua-1"]
# No file can lie below it: were the walls of the process to fall, a template would still find nothing.
NOWHERE = Path("/dev/null")


def warm_up() -> None:
    """The imports of this module are what its children share. The compiler has threads, which no fork takes along."""


def main() -> None:
    """Warm the compiler up while files can be opened, give up all rights, then set the letter."""
    compiler = typst.Compiler(
        b"",
        root=NOWHERE,
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
        package_path=NOWHERE,
        package_cache_path=NOWHERE,
    )
    compiler.compile(format="pdf")
    asked = json.loads(announce_and_read())
    try:
        pdf = _set(compiler, asked["source"], asked["data"], asked["at"], STANDARDS)
        if asked["mark"]:
            pdf = _marked(compiler, pdf, asked)
    except typst.TypstError as error:
        answer({"mistakes": error.diagnostic or error.message})
    else:
        answer({}, pdf)


def _set(compiler: typst.Compiler, source: str, data: object, at: int, standards: list[Standard]) -> bytes:
    told = {"data": json.dumps(data)}
    pdf = compiler.compile(source.encode(), format="pdf", sys_inputs=told, pdf_standards=[*standards], timestamp=at)
    # A PDF is one piece; other formats come as pages.
    return b"".join(pdf) if isinstance(pdf, list) else pdf or b""


# Any: the JSON object of the request
def _marked(compiler: typst.Compiler, pdf: bytes, asked: dict[str, Any]) -> bytes:
    """The pages as pictures of a second document, the mark on top: no template has a say there.

    A draft is not for the archive: PDF/A allows no pages inside pages.
    """
    told = {"data": json.dumps(asked["data"])}
    pages = compiler.compile(asked["source"].encode(), format="png", ppi=1, sys_inputs=told)
    count = len(pages) if isinstance(pages, list) else 1
    over = {"title": asked["data"]["title"], "letter": list(pdf), "pages": count}
    return _set(compiler, asked["mark"], over, asked["at"], [])
