"""Explanations for people: how a search was read, planned and asked, and where one doctor stands in it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from console.tables import full_name, label_of

Answer = Mapping[str, Any]


def search_explained(answer: Answer) -> RenderableType:
    """Understanding, plan, the engine's body, and the first hits with the parts of their scores."""
    plan = answer["plan"]
    counts = "так" if plan["scores_distance"] else "ні: де саме пацієнт, невідомо"
    planned = [
        ("Де", plan["area"]["text"]),
        ("Чому", plan["source"]),
        ("Кого", ", ".join(filter(None, (plan["kind"], *plan["specialities"])))),
        ("Вік пацієнта", "" if plan["age"] is None else str(plan["age"])),
        ("Відстань важить", f"{counts}; половина ваги на {plan['pivot_km']:g} км"),
        ("Рівні за балом", plan["tie"]),
        *(("Послаблено", loosened["text"]) for loosened in answer["relaxed"]),
    ]
    return Group(
        _heading("Зрозуміло"),
        _pairs(_understood(answer)),
        _heading("План"),
        _pairs(planned),
        _heading(f"Запит до {answer['index']}"),
        Text(json.dumps(answer["body"], ensure_ascii=False, indent=2)),
        _heading("Перші лікарі"),
        *(_hit(number, hit) for number, hit in enumerate(answer["hits"], start=1)),
    )


def doctor_explained(answer: Answer, before: RenderableType = "") -> RenderableType:
    """Where the doctor stands and why, what keeps them out, and what would bring them into the first three."""
    doctor, position = answer["doctor"], answer["position"]
    lines = [("Лікар", ", ".join(filter(None, (doctor["name"], label_of(doctor["speciality"]), doctor["settlement"]))))]
    if position is not None:
        more_than = "понад " if position["relation"] == "more_than" else ""
        lines += [("Місце", f"{more_than}{position['value']}"), ("Рядок", answer["headline"] or "")]
    if answer["equals"]:
        lines.append(("Рівних за балом", f"{answer['equals']}, їхній порядок змінюється щодня"))
    lines += [("Немає, бо", miss["text"]["uk"]) for miss in answer["excluded_by"]]
    lines += [(f"Зміна {number}", _change(each)) for number, each in enumerate(answer["changes"], start=1)]
    if not answer["all_tried"]:
        lines.append(("Увага", "перевірено не всі зміни: вичерпано час або звертання до рушія"))
    parts = [_parts(answer["parts"])] if answer["parts"] else []
    return Group(before, _heading("Цей лікар"), _pairs(lines), *parts)


def _change(change: Answer) -> str:
    proved = "перевірено пошуком" if change["verified_by"] == "query" else "перевірено за балами"
    query = json.dumps(change["query"], ensure_ascii=False) if change["query"] else ""
    return " ".join(filter(None, (f"{change['text']['uk']} (місце {change['position']}, {proved})", query)))


def _understood(answer: Answer) -> Iterator[tuple[str, str]]:
    understood, reading = answer["understood"], answer["reading"]
    said = {key: value for key, value in understood.items() if key not in ("repairs", "alternatives")}
    yield "Сказано", json.dumps(said, ensure_ascii=False)
    for repair in understood["repairs"]:
        yield repair["typed"], f"виправлено на «{repair['read']}» ({repair['kind']})"
    for number, each in enumerate(answer["readings"], start=1):
        yield f"Прочитання {number}", f"штраф {each['penalty']:g}"
        for token in each["tokens"]:
            yield f"  {token['text']}", " ".join(filter(None, (token["taken_for"], token["code"], token["label"])))
    for other in understood["alternatives"]:
        yield other["text"], f"може бути й {other['taken_for']}: {other['label'] or ''}"
    for conflict in reading["conflicts"]:
        yield conflict["field"], f"параметр {conflict['asked']} переважив {conflict['understood']}"
    if reading["cut"]:
        yield "", "кінець тексту не прочитано: він задовгий"


def _hit(number: int, hit: Answer) -> RenderableType:
    title = f"{number}. {full_name(hit['doctor'])}, {label_of(hit['doctor']['speciality'])}: {hit['score']:.6f}"
    return Group(Text(title, style="bold"), Text(f"   {hit['headline']}"), _parts(hit["parts"]))


def _parts(parts: list[Answer]) -> RenderableType:
    table = Table(box=None, pad_edge=False, show_header=False)
    for justify in ("left", "right", "left", "right", "left"):
        table.add_column(justify=justify)
    for part in parts:
        reason = part["reason"]["uk"] if part["reason"] else ""
        table.add_row(
            f"   {part['signal']}", f"{part['value']:.4f}", f"× {part['weight']:g}", f"= {part['points']:.6f}", reason
        )
    return table


def _pairs(pairs: Any) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for name, value in pairs:
        table.add_row(name, value)
    return table


def _heading(text: str) -> RenderableType:
    return Text(f"\n{text}", style="bold underline")
