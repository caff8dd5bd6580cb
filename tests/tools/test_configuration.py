"""Lists that a new package must not be forgotten in."""

import re
import tomllib

from django.conf import settings

TOOLS = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]
OURS = {name for name in settings.INSTALLED_APPS if (settings.BASE_DIR / name.replace(".", "/")).is_dir()}


def test_every_package_is_linted_and_measured() -> None:
    top = {name.split(".")[0] for name in OURS}
    rooms = next(each for each in TOOLS["importlinter"]["contracts"] if each["name"].startswith("Rooms"))

    assert set(TOOLS["importlinter"]["root_packages"]) == top
    assert set(TOOLS["coverage"]["run"]["source"]) == top
    assert set(rooms["containers"]) == OURS


def test_every_package_stands_on_a_floor() -> None:
    floors = next(each for each in TOOLS["importlinter"]["contracts"] if each["name"].startswith("Floors"))
    named = {name.strip("() ") for layer in floors["layers"] for name in layer.split(":")}

    assert named >= OURS


def test_what_the_settings_read_is_in_the_readme() -> None:
    source = (settings.BASE_DIR / "net4u/settings.py").read_text()
    read = set(re.findall(r'environment\.\w+\(\s*"(\w+)"', source)) - {"NET4U_TESTING"}
    readme = (settings.BASE_DIR / "README.md").read_text()
    told = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", readme, re.MULTILINE))

    assert read == told
