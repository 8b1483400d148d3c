"""Texts that mean nothing to a doctor search: mashed keys, emoji, injections, foreign scripts, numbers, too long."""

from collections.abc import Callable
from random import Random

_CONSONANTS = "бвгґджзклмнпрстфхцчшщй"
_LATIN = "bcdfghjklmnpqrstvwxz"
_ROWS = ("йцукенгшщз", "фівапролдж", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_EMOJI = "😀🤒🩺💊🏥❤️🇺🇦🙏🔥👶👵🦷🧠👁🫀🚑"
_SCRIPTS = ("医生在哪里", "طبيب قريب", "γιατρός", "医者はどこ", "רופא", "ডাক্তার", "แพทย์", "의사", "ექიმი", "բժիշկ")
_INJECTIONS = (
    "' OR 1=1 --", "'; DROP TABLE doctors; --", "<script>alert({n})</script>", "{{{{{n}*{n}}}}}",
    "${{jndi:ldap://x{n}.example/a}}",
    '{{"query":{{"match_all":{{}}}},"n":{n}}}', "../../../../etc/passwd{n}", "%00%0a{n}",
    "UNION SELECT {n},{n} FROM users",
    "*:* AND _exists_:{n}", "\\u0000\\u{n:04d}", "$(cat /etc/shadow){n}", "]]>{n}<![CDATA[", "@import 'x{n}'",
    "!!python/object:{n}", "a{n}=1;b=2&&c", "`id`{n}", "{{%{n}%}}", "(?i)(a+)+${n}", "/.*{n}/",
)  # fmt: skip


def nonsense(rng: Random) -> str:
    """One such text; longer than the API takes in a few."""
    return rng.choices(list(_KINDS), list(_KINDS.values()))[0](rng)


def _mashed(rng: Random) -> str:
    row = rng.choice(_ROWS)
    at = rng.randrange(len(row) - 4)
    return (row[at : at + rng.randint(3, 5)] * rng.randint(2, 4))[: rng.randint(7, 14)]


def _consonants(rng: Random) -> str:
    letters = rng.choice((_CONSONANTS, _LATIN))
    return " ".join("".join(rng.choices(letters, k=rng.randint(7, 12))) for _ in range(rng.randint(1, 3)))


def _emoji(rng: Random) -> str:
    return "".join(rng.choices(_EMOJI, k=rng.randint(1, 8)))


def _injection(rng: Random) -> str:
    return rng.choice(_INJECTIONS).format(n=rng.randint(1, 9999))


def _numbers(rng: Random) -> str:
    groups = ("".join(rng.choices("0123456789", k=rng.randint(4, 9))) for _ in range(rng.randint(1, 3)))
    return rng.choice(("", "+", "#")) + rng.choice(("-", " ", "")).join(groups)


def _signs(rng: Random) -> str:
    return "".join(rng.choices("!@#$%^&*()_+=[]{};:'\"|<>?/~`.,- ", k=rng.randint(1, 25))) + "!"


def _foreign(rng: Random) -> str:
    return " ".join(rng.sample(_SCRIPTS, rng.randint(1, 3)))


def _long(rng: Random) -> str:
    # 200 is the longest text read; far longer ones are a fault of the request, which is an answer, too.
    return (_consonants(rng) + " ") * rng.choice((4, 8, 300)) + "".join(rng.choices(_CONSONANTS, k=9))


def _invisible(rng: Random) -> str:
    return "".join(rng.choices("\u200b\u200d\u202e\ufeff\u00ad \u0007\u2060", k=rng.randint(1, 12))) + "."


_KINDS: dict[Callable[[Random], str], int] = {
    _mashed: 18, _consonants: 24, _emoji: 12, _injection: 18, _numbers: 10, _signs: 8, _foreign: 5, _long: 3,
    _invisible: 2,
}  # fmt: skip
