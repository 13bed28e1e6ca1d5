"""Notebooks run in a clean kernel of this checkout, and are written the same way every time."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.notebooks.__main__ import main
from tests.notebooks.running import CHECKOUT, LIVE, execute, normalised, read, write


def of(*sources: str) -> NotebookNode:
    """A notebook of these cells, with the traces that an editor leaves."""
    cells = [new_code_cell(source, metadata={"scrolled": True}) for source in sources]
    written: NotebookNode = new_notebook(
        cells=[new_markdown_cell("# Title"), *cells], metadata={"widgets": {}}
    )
    return written


def text_of(notebook: NotebookNode) -> str:
    """What its cells print."""
    return "".join(output.text for cell in notebook.cells[1:] for output in cell.outputs)


def test_a_run_is_clean_and_uses_this_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "habit.py").write_text("habit = 'of the user'\n", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("MPLBACKEND", "svg")
    fresh = execute(
        of(
            "import filiera; print(filiera.__file__)",
            "from pathlib import Path; print(Path.cwd())",
            "print('habit' in globals())",
            "import matplotlib; print(matplotlib.get_backend())",
        ),
        tmp_path,
    )
    package, folder, habit, backend = text_of(fresh).splitlines()
    assert Path(package).is_relative_to(CHECKOUT / "graph")
    assert Path(folder) == tmp_path
    assert habit == "False"
    assert "inline" in backend


def test_a_cell_that_fails_stops_the_run() -> None:
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        execute(of("1 / 0"))


def test_nothing_stays_that_changes_from_run_to_run(tmp_path: Path) -> None:
    notebook = of("import sys; print('one', flush=True); print('two')", "object()", "1 + 1")
    notebook.cells[3].outputs = [new_output("stream", text="left over")]
    written = []
    for name in ("first.ipynb", "second.ipynb"):
        write(execute(notebook), tmp_path / name)
        written.append((tmp_path / name).read_text(encoding="utf-8"))
    assert written[0] == written[1]
    kept = read(tmp_path / "first.ipynb")
    assert [cell.metadata for cell in kept.cells] == [{}] * 4
    assert [cell.execution_count for cell in kept.cells[1:]] == [1, 2, 3]
    assert [output.text for output in kept.cells[1].outputs] == ["one\ntwo\n"]
    assert kept.cells[2].outputs[0].data["text/plain"] == "<object at 0x…>"
    assert kept.cells[3].outputs[0].data["text/plain"] == "2"
    assert set(kept.metadata) == {"kernelspec", "language_info"}


def test_a_live_page_leaves_a_sentence() -> None:
    notebook = of("eco.explore()")
    data = {"text/html": "<iframe srcdoc='…'></iframe>", "text/plain": "the map (812 KB)"}
    notebook.cells[1].outputs = [new_output("execute_result", data=data, execution_count=7)]
    [output] = normalised(notebook).cells[1].outputs
    assert output.data == LIVE
    assert output.execution_count == 1


def test_the_command_renews_what_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / "1-one.ipynb", tmp_path / "2-two.ipynb"]
    for path in paths:
        write(of("print(6 * 7)"), path)
    monkeypatch.setattr("tests.notebooks.__main__.NOTEBOOKS", paths)
    for name, status in (("2-two", 0), ("3-three", 1)):
        monkeypatch.setattr("sys.argv", ["python -m tests.notebooks", name])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == status
    assert "2-two.ipynb" in capsys.readouterr().err
    assert read(paths[0]).cells[1].outputs == []
    assert text_of(read(paths[1])) == "42\n"
