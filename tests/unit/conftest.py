"""What unit tests of several packages share."""

import pytest

from directory.places import Gazetteer
from directory.places.build import BuildReport, build_gazetteer


@pytest.fixture(scope="session")
def built_gazetteer(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """The real gazetteer, built once a session from the data packages: about 7 s on two cores."""
    return build_gazetteer(tmp_path_factory.mktemp("places") / "gazetteer.json.gz")


@pytest.fixture(scope="session")
def national_gazetteer(built_gazetteer: BuildReport) -> Gazetteer:
    """All places of Ukraine, loaded."""
    return Gazetteer.load(built_gazetteer.path)
