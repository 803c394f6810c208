"""Write what the program now says as what the cases expect: `python tests/accept.py`, then read the difference.

A case is as good as its reader: every line that changes is to be judged as the contributor who will meet it would.
"""

from __future__ import annotations

import json

from corpora import full_report
from reading import CASES, plain, read, report


def main() -> None:
    for case in (CASES / "reading/refused").glob("*/*.yml"):
        case.with_suffix(".expected").write_text(report(case), encoding="utf-8")
    for case in (CASES / "reading/kept").glob("*/*.yml"):
        values = json.dumps(plain(read(case)[0]), ensure_ascii=False, indent=2)
        case.with_suffix(".json").write_text(values + "\n", encoding="utf-8")
    for project in (CASES / "corpus").iterdir():
        (project / "expected.txt").write_text(full_report(project), encoding="utf-8")


if __name__ == "__main__":
    main()
