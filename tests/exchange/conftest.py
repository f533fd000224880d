from pathlib import Path

import pytest
import samples


@pytest.fixture(scope="session")
def real_data() -> Path:
    if not samples.DATA.is_dir():
        pytest.skip("the folder ../shared/data with files from elsewhere is not here")
    return samples.DATA
