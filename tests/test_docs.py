"""Nothing is left undocumented: commands, options, fields, codes; and what the documents name is there."""

from __future__ import annotations

import re

import click
import pytest
import yaml
from conftest import ROOT

from generator.cli import main
from generator.codes import explanations
from generator.schema import RECORDS
from generator.schema.compound import Record

COMMANDS = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## chronology (\w+)\n(.*?)(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL))


def options(command: click.Command) -> set[str]:
    found = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    return {name for name in found if name.startswith("-")}


def test_every_command_has_a_section_and_every_section_a_command():
    assert set(SECTIONS) == set(main.commands)


@pytest.mark.parametrize("name", main.commands)
def test_every_option_is_documented_and_no_other(name):
    written = set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", SECTIONS[name]))
    assert written - {"--help"} == options(main.commands[name])


@pytest.mark.parametrize("name", main.commands)
def test_every_command_and_option_says_what_it_does(name):
    command = main.commands[name]
    assert command.help
    assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option))


@pytest.mark.parametrize("kind", RECORDS)
def test_every_field_is_described(kind):
    pending: list[Record] = [RECORDS[kind]]
    while pending:
        record = pending.pop()
        for field in record.fields:
            assert field.doc.endswith("."), field.name
            shape = getattr(field.shape, "item", field.shape)
            shape = getattr(shape, "record", shape)
            if isinstance(shape, Record):
                pending.append(shape)


def test_codes_that_documents_name_exist():
    named = {
        code
        for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
        for code in re.findall(r"\b[YSDRFPW]\d{3}\b", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= explanations().keys()


def test_the_hooks_call_commands_that_are_there():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["chronology-check", "chronology-fmt"]
    for hook in hooks:
        program, name, *arguments = hook["entry"].split()
        assert program == "chronology"
        assert set(arguments) <= options(main.commands[name])


def test_what_is_held_back_has_its_reason_beside_it_and_stands_in_the_list_of_pins():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    pins = (ROOT / "docs/maintain/engines.md").read_text(encoding="utf-8").split("## Pins")[1]
    # A requirement with an upper limit is held back; the list of pins names some with a lower one, too.
    held = {line: found[1] for line in lines if (found := re.search(r'"([\w-]+[>=~][^"]*<[^"]*|[\w-]+==[^"]+)"', line))}
    held |= {
        line: found[1] for line in lines if (found := re.search(r'"([\w-]+>=[^"]*)"', line)) and f"`{found[1]}`" in pins
    }
    assert len(held) >= 6
    assert [line for line in held if " # " not in line] == []
    assert [pin for pin in held.values() if f"`{pin}`" not in pins] == []


def test_what_make_lock_does_not_renew_is_named():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    renewed = set(re.findall(r" -o (\S+\.txt)", makefile))
    assert "generator/starter/requirements.txt" in renewed
    pins = (ROOT / "docs/maintain/engines.md").read_text(encoding="utf-8").split("## Pins")[1]
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "requirements").glob("*.txt")}
    (sentence,) = re.findall(r"`make lock` renews all of it but (.*?);", pins)
    assert set(re.findall(r"`(requirements/\w+\.txt)`", sentence)) == files - renewed
