"""Opinions as one JSON object a line, or as text for people."""

import json
from dataclasses import asdict

from rules.engine import Engine, Opinion
from rules.engine.second_opinion import other_answer

SHOWN = 3
STAGE_WORDS = {
    "bakal_calon": "sebelum penetapan calon",
    "calon": "sesudah penetapan calon",
    "unknown": "belum diketahui: tanggal kosong atau tidak ada pemilihan yang berlaku",
}
NONE_WORDS = {
    "NONE_NOT_ASN": "Bukan ASN",
    "NONE_NEUTRAL": "ASN, tidak tampak pelanggaran",
    "NONE_OFFTOPIC": "Di luar netralitas ASN",
}


def as_json(record_id: str, opinion: Opinion) -> str:
    """One line of JSON with id, stage, ranked, abstained and versions."""
    ranked = [
        {
            "label": answer.label,
            "rule": answer.rule,
            "also": list(answer.also),
            "probability": answer.probability,
            "spans": [asdict(span) for span in answer.spans],
        }
        for answer in opinion.ranked
    ]
    found = {
        "id": record_id,
        "stage": opinion.stage,
        "ranked": ranked,
        "abstained": opinion.abstained,
        "versions": {name: version for name, version in asdict(opinion.versions).items() if version},
    }
    if opinion.second is not None:
        found["second"] = {label: round(probability, 6) for label, probability in opinion.second.items()}
    return json.dumps(found, ensure_ascii=False)


def as_text(record_id: str, opinion: Opinion, engine: Engine) -> str:
    """The first answers with their reasons."""
    lines = [f"{record_id}: tahap {STAGE_WORDS[opinion.stage]}"]
    if opinion.abstained:
        lines.append("  Mesin tidak cukup yakin: perlu dinilai orang.")
    for answer in opinion.ranked[:SHOWN]:
        title = engine.catalogue.rows[answer.rule].title_id if answer.rule else NONE_WORDS.get(answer.label, "")
        lines.append(f"  {answer.probability:5.1%}  {answer.label}  {answer.rule or '-'}  {title}")
        lines += [f'         "{" ".join(span.words.split())}" - {span.why}' for span in answer.spans]
    other = other_answer(opinion.second, opinion.ranked[0].label)
    if other and opinion.second:
        lines.append(f"  Model kata berpendapat lain: {other} ({opinion.second[other]:.0%})")
    return "\n".join(lines)
