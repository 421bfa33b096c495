"""The door: version, help, unknown words, exit codes."""

import subprocess
import sys

import pytest

from askwell import __version__
from askwell.cli.main import build, main
from askwell.cli.table import COMMANDS, help_text


def test_version_says_its_number(shell):
    ended = shell("--version")
    assert (ended.code, ended.out) == (0, f"askwell {__version__}\n")


def test_version_and_help_load_neither_django_nor_typer(shell, tmp_path):
    probe = "import sys; from askwell.cli.main import main; main(['--help']); main(['--version'])"
    code = f"{probe}; print({{'django', 'typer', 'rich'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")
    assert not (tmp_path / "data").exists()


HEAVY = (
    "phonenumbers",
    "holidays",
    "nicknames",
    "rich",
    "pydantic",
    "askwell.formats.records",
    "askwell.outreach.actions",
    "askwell.people.importing",
    "askwell.rules.lint",
    "askwell.rules.letters",
)


@pytest.mark.parametrize("word", ["today", "goal"])
def test_looking_loads_nothing_that_only_writing_needs(opened, word):
    probe = "import sys; from askwell.cli.main import main; main(sys.argv[1:])"
    code = f"{probe}; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code, word], env=opened, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("[]\n")


def test_help_names_every_command_with_what_it_is_for(shell):
    ended = shell("--help")
    assert ended.code == 0
    for name, row in COMMANDS.items():
        assert f"  {name} " in ended.out
        assert row.summary in ended.out


def test_no_command_shows_help_and_is_bad_use(shell):
    ended = shell()
    assert ended.code == 2
    assert ended.out.strip() == help_text()


def test_an_unknown_command_suggests_a_near_one(shell):
    ended = shell("tody")
    assert ended.code == 2
    assert "Did you mean today?" in ended.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_opens_no_notebook(name, capsys):
    assert main([name, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Usage: askwell {name}")
    assert len(said.split("\n\n")[1].strip()) > 20  # after a line of usage, or two


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"serve", "write-contacts"}))
def test_every_command_that_answers_takes_json(name, capsys):
    main([name, "--help"])
    assert "--json" in capsys.readouterr().out


def test_an_unknown_option_is_bad_use(capsys):
    assert main(["today", "--sometimes"]) == 2
    assert "--sometimes" in capsys.readouterr().err


def test_completion_knows_every_command(shell, home):
    # Below a shell, which is how the shell to complete in is found.
    code = "from askwell.cli.main import run; run()"
    shown = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -c "{code}" --show-completion bash; exit $?'],
        env=home, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert shown.returncode == 0
    assert "_ASKWELL_COMPLETE" in shown.stdout
    offered = shell(_ASKWELL_COMPLETE="complete_bash", COMP_WORDS="askwell re", COMP_CWORD="1")
    assert {"reply", "restore", "recompute", "read-contacts"} <= set(offered.out.split())


def test_all_commands_stand_in_one_application():
    assert len(build(COMMANDS).registered_commands) == len(COMMANDS)


def test_an_interrupted_reader_is_no_error(home):
    code = "from askwell.cli.main import run; run()"
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -c "{code}" --help | true'],
        env=home, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
