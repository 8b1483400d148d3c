"""`python -m indexer.embedded lock` resolves the engine's jars anew and writes their committed list."""

import sys
from pathlib import Path

from indexer.embedded.jar_list import format_jar_list, resolve_jar_list


def main(arguments: list[str]) -> int:
    """Run the one command there is; 2 for anything else."""
    if arguments != ["lock"]:
        sys.stderr.write("Usage: python -m indexer.embedded lock\n")
        return 2
    jars = resolve_jar_list()
    target = Path(__file__).with_name("jars.lock.tsv")
    target.write_text(format_jar_list(jars), encoding="ascii")
    sys.stdout.write(f"{len(jars)} jars, {sum(jar.size_bytes for jar in jars) >> 20} MB: {target}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
