"""Rows keep their line numbers and their neighbours, whatever one row does wrong."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.formats import csv_rows
from askwell.formats.csv_rows import CsvRows, rows_of_text, sniff_delimiter, split_line
from askwell.formats.problems import Log

HEADER = "First Name,Last Name,URL,Email,Company,Position,Connected On\n"
GOOD = "Li,Wei,https://x.example/li,,Deloria,Consultant,02 Apr 2023\n"


def read(text: str, expected: int = 7, delimiter: str = "") -> tuple[list[tuple[int, list[str]]], Log]:
    log = Log("people.csv")
    rows = rows_of_text(text, log, delimiter=delimiter)
    found = []
    for row in rows:
        found.append((row.line, row.cells))
        rows.expected = expected
    return found, log


def codes(log: Log) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in log.problems()]


def test_lines_are_counted_from_one_also_after_cells_with_line_breaks() -> None:
    rows, log = read(HEADER + 'A,B,u,,C,"two\nlines",d\n' + GOOD)
    assert [line for line, _ in rows] == [1, 2, 4]
    assert rows[1][1][5] == "two\nlines"
    assert not codes(log)


def test_a_stray_quote_costs_only_its_own_cell() -> None:
    rows, log = read(HEADER + 'Asha,"Rao,u,,Quarry,Manager,15 Jan 2024\n' + GOOD * 3)
    assert [cells[0] for _, cells in rows] == ["First Name", "Asha", "Li", "Li", "Li"]
    assert rows[1][1][1] == "Rao"
    assert codes(log) == [("stray-quote", 2)]


def test_a_stray_quote_that_a_later_quote_closes_is_found_too() -> None:
    rows, log = read(HEADER + 'Asha,"Rao,u,,Q,M,d\n' + GOOD + 'Dana,Okafor,u,,"Acme, Inc.",E,d\n' + GOOD)
    assert [cells[0] for _, cells in rows] == ["First Name", "Asha", "Li", "Dana", "Li"]
    assert rows[3][1][4] == "Acme, Inc."
    assert codes(log) == [("stray-quote", 2)]


def test_two_stray_quotes_that_happen_to_fit_are_found_by_the_rows_between() -> None:
    rows, log = read(HEADER + 'Asha,"Rao,u,,Q,M,d\n' + GOOD * 2 + 'Dana,Okafor",u,,Acme,E,d\n' + GOOD)
    assert [cells[0] for _, cells in rows] == ["First Name", "Asha", "Li", "Li", "Dana", "Li"]
    assert ("stray-quote", 2) in codes(log)


def test_a_stray_quote_in_the_last_row_is_read_by_itself() -> None:
    rows, log = read(HEADER + 'Asha,"Rao,u,,Q,M,d')
    assert rows[1][1] == ["Asha", "Rao", "u", "", "Q", "M", "d"]
    assert codes(log) == [("stray-quote", 2)]


def test_a_stray_quote_before_the_header_does_not_swallow_the_header() -> None:
    rows, log = read('Notes: "see\n"below, they say\n' + HEADER + GOOD)
    assert HEADER.strip().split(",") in [cells for _, cells in rows]
    rows, log = read('"Notes, see below\n' + HEADER + GOOD * 40)
    assert [cells for _, cells in rows][1] == HEADER.strip().split(",")
    assert codes(log)[0] == ("stray-quote", 1)


def test_a_stray_quote_in_thousands_of_rows_is_found_in_bounded_memory() -> None:
    rows, log = read(HEADER + 'Asha,"Rao,u,,Q,M,d\n' + GOOD * 5000)
    assert len(rows) == 5002
    assert codes(log) == [("stray-quote", 2)]


def test_prose_with_commas_in_a_well_formed_cell_is_left_alone() -> None:
    rows, log = read('Name,Mail,Note\nJane,j@x.example,"met at A\nlikes a, b, c"\n', expected=3)
    assert rows[1][1][2] == "met at A\nlikes a, b, c"
    assert not codes(log)


def test_unescaped_quotes_in_prose_do_not_break_the_row() -> None:
    rows, _ = read('a,b,c,d,e,f,g\n1,2,3,4,5,"he said "yes" and\nwent",7\n' + GOOD)
    assert rows[-1][1][0] == "Li"


def test_a_cell_without_end_is_cut_and_reading_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "MOST_LINES", 50)
    rows, log = read(HEADER + 'Asha,Rao,u,,Q,M,"' + "prose\n" * 200 + GOOD)
    assert [cells[0] for _, cells in rows] == ["First Name", "Asha", "Li"]
    assert rows[-1][0] == 202
    assert codes(log) == [("huge-field", 2)]


def test_a_cell_without_end_may_run_to_the_end_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "MOST_LINES", 50)
    rows, log = read(HEADER + 'Asha,Rao,u,,Q,M,"' + "prose\n" * 200)
    assert len(rows) == 2
    assert codes(log) == [("huge-field", 2)]


def test_a_line_of_five_megabytes_is_cut() -> None:
    rows, log = read(HEADER + "Asha,Rao,u,,Q,M," + "x" * 5_000_000 + "\n" + GOOD)
    assert len(rows[1][1][6]) == csv_rows.FIELD_LIMIT
    assert rows[2][1][0] == "Li"
    assert {code for code, _ in codes(log)} == {"huge-field"}


def test_a_line_of_nine_megabytes_is_left_at_its_beginning() -> None:
    rows, _ = read(HEADER + "Asha,Rao,u,,Q,M," + "x" * 9_000_000 + "\n" + GOOD)
    assert [row[1][0] for row in rows] == ["First Name", "Asha", "Li"]


def test_null_characters_are_removed_and_told_once() -> None:
    rows, log = read("a,b\nA\0da,B\0\n\0\nC,D\0\n", expected=2)
    assert rows[1][1] == ["Ada", "B"]
    assert codes(log) == [("nul-bytes", 2)]


def test_a_file_cut_in_the_middle_of_a_row_is_told() -> None:
    rows, log = read(HEADER + GOOD + "Asha,Rao,https://x")
    assert rows[2][1] == ["Asha", "Rao", "https://x"]
    assert codes(log) == [("truncated", 3)]


def test_short_rows_are_no_problem_where_they_are_the_manner_of_the_file() -> None:
    rows, log = read("a,b,c\n1\n2", expected=3)
    assert len(rows) == 3
    assert not codes(log)


def test_a_formula_guard_is_taken_off() -> None:
    rows, _ = read("a,b\n'=1+1,'tis\n", expected=2)
    assert rows[1][1] == ["=1+1", "'tis"]


def test_an_excel_hint_names_the_delimiter_and_keeps_its_line() -> None:
    rows, _ = read("sep=;\na;b\n1;2,5\n", expected=2)
    assert rows == [(2, ["a", "b"]), (3, ["1", "2,5"])]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_what_splits_lines_evenly(mark: str) -> None:
    lines = [
        mark.join(["Name", "Company", "Note"]),
        mark.join(["Ada", "Quarry", "x"]),
        mark.join(["Li", "Acme", "y"]),
    ]
    assert sniff_delimiter(lines) == mark


def test_a_single_column_is_read_as_commas() -> None:
    assert sniff_delimiter(["Name", "Ada"]) == ","
    assert sniff_delimiter([]) == ","


def test_a_line_is_split_with_quotes_taken_literally_where_they_do_not_pair() -> None:
    assert split_line('a,"b, c","d ""e""",f"\n', ",") == ["a", "b, c", 'd "e"', 'f"']
    assert split_line('"a",', ",") == ["a", ""]
    assert split_line('a,5" pipe,', ",") == ["a", '5" pipe', ""]


def test_a_stream_that_breaks_gives_what_came_before() -> None:
    class Broken(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            line = super().readline(size if size is not None else -1)
            if not line:
                raise zipfile.BadZipFile
            return line

    log = Log("x")
    rows = list(CsvRows(Broken("a,b\n1,2\n"), log))
    assert [row.cells for row in rows] == [["a", "b"], ["1", "2"]]
    assert codes(log) == [("damaged", 3)]


@given(st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=3), min_size=1, max_size=20))
def test_what_a_csv_writer_wrote_comes_back(table: list[list[str]]) -> None:
    """Cells of any text, written by the standard writer, all quoted."""
    table = [[cell.replace("\0", "").replace("\r", "\n").lstrip("'") for cell in row] for row in table]
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)
    rows, _ = read(text.getvalue(), expected=3, delimiter=",")
    assert [cells for _, cells in rows] == table


@given(st.text(alphabet="a\",;\n\r\t\0'=", max_size=200), st.integers(0, 5))
def test_any_text_gives_rows_in_line_order(text: str, expected: int) -> None:
    rows, _ = read(text, expected=expected)
    lines = [line for line, _ in rows]
    assert lines == sorted(lines)
