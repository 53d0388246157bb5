"""Measures hints: `python -m tests.evidence.benchmark_hints FOLDER [--truth]`, precision and recall by kind.

FOLDER is as for `benchmark_reading`, with `app` and `keys` (`handle`, `num`) beside. With `--truth` the true lines are
searched instead of the lines read, which shows the rules without the reading.
"""

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from evidence.hints import HintKind, hints_of
from evidence.images import rebuild
from evidence.lines import ReadLine
from evidence.text import read_text


def expected(record: dict) -> set[tuple[HintKind, str]]:
    """Return the hints the labels of a picture ask for; the day of the post stands in a line of its own."""
    keys = record["keys"]
    found = {(HintKind.PLATFORM, record["app"])}
    found |= {(HintKind.HANDLE, "@" + handle.lstrip("@")) for handle in keys["handle"]}
    for phrase in keys["num"]:
        if match := re.fullmatch(r"(?i)(?:nomor urut|nomor|no\.|paslon) (\d+)", phrase):
            found.add((HintKind.BALLOT_NUMBER, match[1]))
        elif re.search(r"(?i)komentar|suka|tayangan|dibagikan", phrase):
            found |= {(hint.kind, hint.value) for hint in hints_of([ReadLine(phrase, (0, 0, 1, 1), 1.0)])}
    for line in record["lines"]:
        if re.search(r"Markah$|Tayangan$", line) or re.fullmatch(r"\d{1,2} [A-Z][a-z]+ 20\d\d", line):
            found |= {(hint.kind, hint.value) for hint in hints_of([ReadLine(line, (0, 0, 1, 1), 1.0)])}
    return found


def main() -> None:
    """Print precision and recall by kind, and what was missed or wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--truth", action="store_true")
    parser.add_argument("--show", action="store_true", help="also what was missed or wrong")
    options = parser.parse_args()
    hit, missed, wrong = Counter(), Counter(), Counter()
    for record in map(json.loads, (options.folder / "truth.jsonl").read_text().splitlines()):
        if options.truth:
            lines = [ReadLine(text, (0, 0, 1, 1), 1.0) for text in record["lines"]]
        else:
            lines = read_text(rebuild((options.folder / record["file"]).read_bytes()).data).lines
        found, truth = {(hint.kind, hint.value) for hint in hints_of(lines)}, expected(record)
        for counter, group in ((hit, found & truth), (missed, truth - found), (wrong, found - truth)):
            counter.update(kind for kind, _ in group)
            if options.show and counter is not hit and group:
                sys.stdout.write(f"{record['file']} {'missed' if counter is missed else 'extra'} {sorted(group)}\n")
    for kind in HintKind:
        found, truth = hit[kind] + wrong[kind], hit[kind] + missed[kind]
        sys.stdout.write(f"{kind:14} precision {hit[kind]}/{found}  recall {hit[kind]}/{truth}\n")


if __name__ == "__main__":
    main()
