"""The committed list of the engine's jars: where each goes, its coordinates, size and SHA-256.

`jars.lock.tsv` is written by `python -m indexer.embedded lock` and reviewed as code: what is not on it is never run.
"""

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

OPENSEARCH = "3.8.0"
LIB = "lib"

# The server itself. The agent jar only brings classes that the server links against; log4j-core and the shape
# libraries are optional in its POM but not in its code; icu4j-localespi brings the Thai word breaker that the
# trimmed Java runtime lacks and without which no index can be created.
LIB_ROOTS = (
    f"org.opensearch:opensearch:{OPENSEARCH}",
    f"org.opensearch:opensearch-agent-bootstrap:{OPENSEARCH}",
    f"org.opensearch:opensearch-plugin-classloader:{OPENSEARCH}",
    "org.apache.logging.log4j:log4j-core:2.25.4",
    "org.locationtech.spatial4j:spatial4j:0.7",
    "org.locationtech.jts:jts-core:1.15.0",
    "com.ibm.icu:icu4j-localespi:77.1",
)

# HTTP/3 natives of five platforms: 12 MB that a loopback HTTP/1.1 server never loads.
UNUSED = ("netty-codec-native-quic",)


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the server: its folder, its artifact, the plugin class its descriptor names."""

    name: str
    artifact: str
    plugin_class: str


MODULES = (
    Module("transport-netty4", "transport-netty4-client", "org.opensearch.transport.Netty4ModulePlugin"),
    Module("analysis-common", "analysis-common", "org.opensearch.analysis.common.CommonAnalysisModulePlugin"),
    Module("mapper-extras", "mapper-extras-client", "org.opensearch.index.mapper.MapperExtrasModulePlugin"),
    Module("geo", "geo", "org.opensearch.geo.GeoModulePlugin"),
    Module("reindex", "reindex-client", "org.opensearch.index.reindex.ReindexModulePlugin"),
    Module("lang-painless", "lang-painless", "org.opensearch.painless.PainlessModulePlugin"),
)


@dataclass(frozen=True, slots=True)
class Jar:
    """One jar: `place` is "lib" or a module's name, `coordinates` are group:artifact:version."""

    place: str
    coordinates: str
    size_bytes: int
    sha256: str

    @property
    def file_name(self) -> str:
        """The name of the file, as Maven gives it."""
        _, artifact, version = self.coordinates.split(":")
        return f"{artifact}-{version}.jar"

    @property
    def path(self) -> str:
        """Where it lies below the jars folder: `lib/x.jar` or `modules/<name>/x.jar`."""
        return f"{LIB}/{self.file_name}" if self.place == LIB else f"modules/{self.place}/{self.file_name}"


def read_jar_list() -> tuple[Jar, ...]:
    """Read the committed list, in its order: the server's own jars first."""
    text = files(__package__).joinpath("jars.lock.tsv").read_text(encoding="ascii")
    return parse_jar_list(text)


def parse_jar_list(text: str) -> tuple[Jar, ...]:
    """Parse lines of place, coordinates, bytes and SHA-256 divided by tabs; `#` starts a remark."""
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(Jar(place, coordinates, int(size), sha256) for place, coordinates, size, sha256 in rows)


def format_jar_list(jars: Iterable[Jar]) -> str:
    """Write the list as `parse_jar_list` reads it."""
    head = "# place\tgroup:artifact:version\tbytes\tsha256; written by: python -m indexer.embedded lock\n"
    return head + "".join(f"{j.place}\t{j.coordinates}\t{j.size_bytes}\t{j.sha256}\n" for j in jars)


def resolve_jar_list() -> tuple[Jar, ...]:
    """Resolve the roots anew over the network and give the list they need (minutes; downloads every jar)."""
    from jgo.maven import MavenContext

    with tempfile.TemporaryDirectory() as scratch:
        context = MavenContext(repo_cache=Path(scratch))
        placed: list[tuple[str, Any]] = []
        for root in LIB_ROOTS:
            placed += [(LIB, artifact) for artifact in _resolve_new(context, root, placed)]
        server = list(placed)
        for module in MODULES:
            root = f"org.opensearch.plugin:{module.artifact}:{OPENSEARCH}"
            placed += [(module.name, artifact) for artifact in _resolve_new(context, root, server)]
        jars = [_describe(place, artifact) for place, artifact in placed if artifact.artifactId not in UNUSED]
    places = {place: rank for rank, place in enumerate((LIB, *(m.name for m in MODULES)))}
    return tuple(sorted(jars, key=lambda jar: (places[jar.place], jar.coordinates)))


def _resolve_new(context: Any, root: str, placed: list[tuple[str, Any]]) -> list[Any]:
    # Each root is resolved by itself: together, the last one's managed versions would replace those that the
    # server was built with. An artifact already placed keeps its version.
    inputs, transitive = context.resolver.resolve([context.create_dependency(root)])
    needed = [dep.artifact for dep in [*inputs, *transitive] if dep.scope in (None, "compile", "runtime")]
    known = {(artifact.groupId, artifact.artifactId) for _, artifact in placed}
    return [artifact for artifact in needed if (artifact.groupId, artifact.artifactId) not in known]


def _describe(place: str, artifact: Any) -> Jar:
    content = artifact.resolve().read_bytes()
    coordinates = f"{artifact.groupId}:{artifact.artifactId}:{artifact.version}"
    return Jar(place, coordinates, len(content), hashlib.sha256(content).hexdigest())
