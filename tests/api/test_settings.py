"""Settings: what the environment may say, and one clear line for what it may not."""

from __future__ import annotations

import pytest

from api.problems import SettingsUnusable
from api.settings import Settings, read_settings, variable

OURS = ("ACTORGRAPH_", "NEO4J_")


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine."""
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)


def test_every_setting_has_its_own_variable_and_a_help_text() -> None:
    variables = [variable(name) for name in Settings.model_fields]

    assert len(set(variables)) == len(variables)
    assert all(name.startswith(OURS) for name in variables)
    assert all((field.description or "").endswith(".") for field in Settings.model_fields.values())


def test_variables_of_other_programs_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"HOST": "0.0.0.0", "PORT": "1", "HOME": "/elsewhere", "PUBLIC": "1"}.items():
        monkeypatch.setenv(name, value)

    assert read_settings().host == "127.0.0.1"
    assert read_settings().port == 8000
    assert not read_settings().public


@pytest.mark.parametrize(
    ("name", "value", "phrase"),
    [
        ("NEO4J_URI", "localhost:7687", "bolt://localhost:7687"),
        ("NEO4J_URI", "http://localhost:7474", "bolt://localhost:7687"),
        ("NEO4J_URI", "https://x", "bolt://localhost:7687"),
        ("NEO4J_URI", "bolt://", "not a Bolt address"),
        ("NEO4J_URI", "bolt://me:secret@host", "NEO4J_PASSWORD"),
        ("ACTORGRAPH_PORT", "eighty", "ACTORGRAPH_PORT"),
        ("ACTORGRAPH_PORT", "70000", "65535"),
        ("ACTORGRAPH_BOLT_PORT", "0", "1"),
        ("ACTORGRAPH_QUESTION_TIMEOUT", "0", "greater than 0"),
        ("ACTORGRAPH_PROJECTION_LIMIT", "-1", "0"),
        ("ACTORGRAPH_LOG_LEVEL", "loud", "debug"),
        ("ACTORGRAPH_FRAME_ANCESTORS", "*; script-src *", "'none'"),
        ("ACTORGRAPH_FRAME_ANCESTORS", "", "'none'"),
        ("ACTORGRAPH_API_KEY", " ", "is empty"),
        ("ACTORGRAPH_PUBLIC", "perhaps", "ACTORGRAPH_PUBLIC"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, phrase: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsUnusable) as refused:
        read_settings()

    assert str(refused.value).startswith(f"{name}: ")
    assert phrase in str(refused.value)
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACTORGRAPH_HOST", "0.0.0.0")
    monkeypatch.setenv("ACTORGRAPH_PORT", "9000")

    assert read_settings({"host": "::1", "port": 9001}).port == 9001


def test_a_port_is_fixed_when_somebody_set_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read_settings().port_fixed
    assert not read_settings().bolt_port_fixed
    monkeypatch.setenv("ACTORGRAPH_PORT", "8000")
    assert read_settings().port_fixed
    assert read_settings({"bolt_port": 7687}).bolt_port_fixed


def test_secrets_do_not_show_in_a_settings_value() -> None:
    settings = read_settings({"api_key": "open sesame, open sesame", "neo4j_password": "swordfish"})

    assert "sesame" not in repr(settings)
    assert "swordfish" not in repr(settings)


def test_settings_cannot_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings().port = 1
