"""The child that sets a letter. It imports no Django, and once confined it opens no file and reaches no network.

Standard input: one JSON object of `source` (Typst), `data` (the letter's facts) and `at` (seconds since 1970).
Answer: the PDF as payload, or `mistakes`, the compiler's messages.
"""

import json
from pathlib import Path
from typing import Literal

import typst

from evidence.children import announce_and_read, answer

# PDF/A-2a for the archive, PDF/UA-1 for readers who listen.
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
# No file can lie below it: were the walls of the process to fall, a template would still find nothing.
NOWHERE = Path("/dev/null")


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
        pdf = compiler.compile(
            asked["source"].encode(),
            format="pdf",
            sys_inputs={"data": json.dumps(asked["data"])},
            pdf_standards=[*STANDARDS],
            timestamp=asked["at"],
        )
    except typst.TypstError as error:
        answer({"mistakes": error.diagnostic or error.message})
    else:
        # A PDF is one piece; other formats come as pages.
        answer({}, b"".join(pdf) if isinstance(pdf, list) else pdf or b"")
