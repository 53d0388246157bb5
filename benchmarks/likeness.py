"""How long a look-up of look-alikes takes: `python -m benchmarks.likeness [SIZE ...]`, in pictures.

Made-up pictures are loaded into a schema of their own, which is dropped at the end; the look-up is the portal's own
function. Baselines of the same run: the same query without indexes, and fetching one picture by its primary key.
"""

import os
import sys

import django
from django.utils.module_loading import import_string


def main() -> None:
    """Set Django up, then measure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    measure = import_string("benchmarks.likeness_lookup.measure")
    measure([int(size) for size in sys.argv[1:]] or [10_000, 100_000, 1_000_000])


if __name__ == "__main__":
    main()
