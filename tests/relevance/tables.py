"""What a run prints: the table of classes, the failing queries, and the same as markdown for docs/relevance.md."""

from collections.abc import Iterator

from ranking.evaluation.doctors import Doctors
from ranking.evaluation.judging import said, wanted_fields
from ranking.evaluation.results import NDCG_TARGET, TARGETS, ClassFigures, Results, by_class, by_segment, overall

_HEAD = ("class", "n", "success", "exact", "first", "hand n", "hand", "both", "target", "MRR", "s@5", "nDCG@10")


_FIGURES = "<!-- figures -->"
_END_OF_FIGURES = "<!-- end of figures -->"


def class_table(results: Results, half: str) -> str:
    """The figures of a half, a line a class."""
    rows = [_HEAD, *(_cells(row) for row in by_class(results, half))]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) if at == 0 else cell.rjust(width)
                       for at, (cell, width) in enumerate(zip(row, widths, strict=True))) for row in rows]  # fmt: skip
    whole = overall(results, half)
    return "\n".join(
        [f"{half} half", *lines, f"nDCG@10 over all: {whole.ndcg:.4f} (target {NDCG_TARGET}), MRR {whole.rr:.4f}"]
    )


def segment_table(results: Results, half: str, doctors: Doctors) -> str:
    """nDCG@10, MRR and success by segment."""
    lines = [f"{'segment':12}{'n':>6}{'s@1':>8}{'s@5':>8}{'MRR':>8}{'nDCG@10':>9}"]
    for name, count, means in by_segment(results, half, doctors):
        lines.append(f"{name:12}{count:6}{means.first:8.3f}{means.first_five:8.3f}{means.rr:8.3f}{means.ndcg:9.3f}")
    return "\n".join(lines)


def markdown(results: Results, half: str, doctors: Doctors) -> str:
    """Both tables as markdown."""
    lines = ["| " + " | ".join(_HEAD) + " |", "|---|" + "---:|" * (len(_HEAD) - 1)]
    lines += ["| " + " | ".join(_cells(row)) + " |" for row in by_class(results, half)]
    lines += ["", "| segment | n | success@1 | success@5 | MRR | nDCG@10 |", "|---|---:|---:|---:|---:|---:|"]
    for name, count, means in by_segment(results, half, doctors):
        lines.append(
            f"| {name} | {count} | {means.first:.3f} | {means.first_five:.3f} | {means.rr:.3f} | {means.ndcg:.3f} |"
        )
    return "\n".join(lines)


def fill_figures(document: str, figures: str) -> str:
    """The document with new figures between its two marks; ValueError when it has none."""
    head, mark, rest = document.partition(_FIGURES)
    _, end, tail = rest.partition(_END_OF_FIGURES)
    if not mark or not end:
        raise ValueError(f"the document has no {_FIGURES} … {_END_OF_FIGURES}")
    return f"{head}{mark}\n{figures}\n{end}{tail}"


def failures(results: Results, half: str, classes: tuple[str, ...]) -> Iterator[str]:
    """One line for each failing query: what was typed and meant, what was wanted, what was understood."""
    for each in results.verdicts:
        item = each.item
        if item.half == half and item.name in classes and not each.success:
            wanted, claimed = wanted_fields(item.truth), said(each.reply.understood)
            marks = f"{'exact' if each.exact else 'misread'}, {'first right' if each.first else 'first wrong'}"
            yield (
                f"{item.key} [{marks}, {each.reply.status}] «{item.text[:100]}» meant «{item.clean}» "
                f"near {item.truth.near}\n"
                f"    wanted {_short(wanted)}\n    read   {_short(claimed)} "
                f"left {list((each.reply.understood or {}).get('not_understood', ()))}"
            )
    for answer in results.written:
        query = answer.query
        if query.half == half and query.name in classes and not answer.success:
            yield (
                f"{query.key} [{answer.reply.status}] «{query.text}» {query.about}\n"
                f"    wanted {_short(dict(query.expect))} "
                f"absent {list(query.absent)} alternatives {list(query.alternatives)}\n"
                f"    read   {_short(said(answer.reply.understood))} "
                f"left {list((answer.reply.understood or {}).get('not_understood', ()))}"
            )


def _cells(row: ClassFigures) -> tuple[str, ...]:
    measured = row.measured
    return (
        row.name,
        str(row.known),
        _share(row.success),
        _share(row.exact),
        _share(row.first),
        str(row.written),
        _share(row.written_success),
        _share(row.both),
        f"{TARGETS[row.name]:.2f}{' ✓' if row.reached else ' ✗'}",
        _share(measured.rr if measured else None),
        _share(measured.first_five if measured else None),
        _share(measured.ndcg if measured else None),
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _short(fields: dict[str, object]) -> str:
    return ", ".join(f"{name}={value}" for name, value in fields.items()) or "nothing"
