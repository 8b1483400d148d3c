"""Answers of the API as tables for people."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

Answer = Mapping[str, Any]

_STATE_STYLES = {"free": "green", "nearly_full": "yellow", "full": "red", "unknown": "dim"}


def search_table(answer: Answer) -> RenderableType:
    """The hits of one page, and beneath them where was searched and how the text was read."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("#", "Лікар", "Спеціальність", "Місце", "км", "Місця", "НСЗУ", "Сьогодні", "Бал"):
        table.add_column(heading, overflow="fold", justify="right" if heading in ("#", "км", "Бал") else "left")
    for number, hit in enumerate(answer["hits"], start=1):
        division, distance = hit["division"] or {}, hit["distance"]
        table.add_row(
            str(number),
            full_name(hit["doctor"]),
            label_of(hit["doctor"]["speciality"]),
            ", ".join(filter(None, (division.get("name"), division.get("address")))),
            f"{distance['km']:.1f}" if distance else "",
            capacity_text(hit["capacity"]),
            "так" if hit["contract"]["active"] else "ні",
            hours_text(hit["hours_today"]),
            f"{hit['score']:.3f}",
        )
    return Group(table, Text(_summary(answer), style="dim"))


def doctor_card(card: Answer) -> RenderableType:
    """One doctor: names, place, hours, and why a search does not find the one who is no longer in force."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    division, legal_entity = card["division"] or {}, card["legal_entity"] or {}
    rows = [
        ("Лікар", full_name(card["doctor"])),
        ("Спеціальність", label_of(card["doctor"]["speciality"])),
        ("Місце", ", ".join(filter(None, (division.get("name"), division.get("address"))))),
        ("Заклад", legal_entity.get("public_name") or legal_entity.get("name") or ""),
        ("Телефони", ", ".join(division.get("phones", ()))),
        ("Місця", capacity_text(card["capacity"])),
        ("Договір з НСЗУ", "так" if card["contract"]["active"] else "ні"),
        ("Сьогодні", hours_text(card["hours_today"])),
        ("employee_id", card["employee_id"]),
        ("division_id", card["division_id"] or ""),
    ]
    rows += [("Чинність", reason["label"]) for reason in card["inactive_reasons"]]
    rows += [
        ("Також", ", ".join(filter(None, (place["division_name"], place["address"])))) for place in card["other_places"]
    ]
    for name, value in rows:
        table.add_row(name, value)
    return table


def show(renderable: RenderableType) -> None:
    """Print to the terminal; piped output is 120 columns wide."""
    console = Console(highlight=False)
    Console(highlight=False, width=console.width if console.is_terminal else 120).print(renderable)


def full_name(doctor: Answer) -> str:
    """Surname, given name, patronymic."""
    return " ".join(filter(None, (doctor["last_name"], doctor["first_name"], doctor["second_name"])))


def label_of(labelled: Answer | None) -> str:
    return labelled["label"] if labelled else ""


def capacity_text(capacity: Answer | None) -> Text | str:
    """The label of the state, coloured."""
    if capacity is None:
        return ""
    return Text(capacity["label"], style=_STATE_STYLES.get(capacity["state"], ""))


def hours_text(today: Answer | None) -> str:
    """«08:00–13:00, 14:00–18:00», «зачинено», or nothing where no hours are known."""
    if today is None:
        return ""
    return ", ".join(f"{each['from']}–{each['to']}" for each in today["ranges"]) or "зачинено"


def _summary(answer: Answer) -> str:
    total, tokens, left_over = answer["total"], answer["reading"]["tokens"], answer["understood"]["not_understood"]
    more_than = "понад " if total["relation"] == "more_than" else ""
    lines = [f"Знайдено: {more_than}{total['value']}", answer["area"]["text"]]
    if tokens:
        read = (f"{each['text']} → {each['label'] or each['taken_for']}" for each in tokens)
        lines.append("Зрозуміло: " + "; ".join(read))
    if left_over:
        lines.append("Не зрозуміло: " + ", ".join(left_over))
    lines += [loosened["text"] for loosened in answer["relaxed"]]
    return "\n".join(lines)
