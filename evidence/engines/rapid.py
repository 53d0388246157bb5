"""RapidOCR (Apache-2.0): the PP-OCRv6 small models again, run from auditable Python: the second source."""

import numpy as np
from PIL import Image
from rapidocr import RapidOCR
from rapidocr.utils.output import RapidOCROutput

from evidence.engines import Engines
from evidence.lines import ReadLine

ONE_THREAD = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


class RapidEngine:
    """The default models of RapidOCR without its classifier of upside-down lines, which `reading` replaces."""

    def __init__(self) -> None:
        self._engine = RapidOCR(params=ONE_THREAD)
        # Models are loaded at their first use, which must come before the process is confined.
        blank = np.full((64, 64, 3), 255, dtype=np.uint8)
        self._engine(blank, use_det=True, use_cls=False, use_rec=False)
        self._engine(blank, use_det=False, use_cls=False, use_rec=True)

    def read(self, picture: Image.Image) -> list[ReadLine]:
        """Return the lines found in an RGB picture."""
        blue_first = np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])
        found = self._engine(blue_first, use_det=True, use_cls=False, use_rec=True)
        if not isinstance(found, RapidOCROutput) or found.boxes is None or not found.txts or not found.scores:
            return []
        return [
            ReadLine(text, _box(corners), float(score))
            for text, corners, score in zip(found.txts, found.boxes, found.scores, strict=True)
        ]


def load(name: str) -> Engines:
    """Return the only engine of this adapter; `name` is its name."""
    return Engines(RapidEngine())


def _box(corners: np.ndarray) -> tuple[int, int, int, int]:
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    return int(left), int(top), int(right), int(bottom)
