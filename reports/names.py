"""Names of people and offices as they are compared: without titles, punctuation, capitals and order of words."""

import re

# Titles come and go between two spellings of one person.
TITLES = re.compile(r"\b(drs?|dra|ir|hj?|prof|amd|[sm]\.\s?\w{1,5})\b\.?", re.IGNORECASE)


def name_words(name: str) -> list[str]:
    """The words of a name in lower case, in their order."""
    return re.sub(r"[^\w\s]", " ", TITLES.sub(" ", name.lower())).split()


def plain_name(name: str) -> str:
    """A name for comparing."""
    return " ".join(sorted(name_words(name)))
