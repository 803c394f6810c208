"""The content security policy stands on every page before all that it governs, and can be widened in words alone."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from conftest import ROOT, run

from generator.policy import POLICY, classed, policy, secured

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
ACTIVE = re.compile(r"<(?:script|link|style|img|iframe|svg)\b")


def test_every_page_has_the_policy_before_all_that_it_governs(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 300
    for page in pages:
        text = page.read_text(encoding="utf-8")
        (found,) = META.finditer(text)
        governed = ACTIVE.search(text)
        assert governed is None or governed.start() > found.start(), page
        assert re.sub(r" 'sha256-[^']*'", "", found[1]) == policy(), page
        inline = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
        assert found[1].count("sha256-") == len(set(inline)), page
        assert not re.search(r"<[^>]* (?:style|on\w+)=", text), page


def test_the_policy_is_strict():
    assert policy() == (
        "default-src 'self';script-src 'self' 'wasm-unsafe-eval';img-src 'self' data:;"
        "object-src 'none';base-uri 'none';form-action 'self'"
    )
    template = (ROOT / "generator/theme/overrides/partials/policy.html").read_text(encoding="utf-8")
    assert f'd("{policy()}")' in template


def test_inline_scripts_are_allowed_by_their_digest_and_data_is_not_a_script():
    page = f"<meta content=\"{policy()}\"><script>go()</script><script type='application/ld+json'>{{}}</script>"
    page += '<script src="a.js"></script><script type="module">more()</script><script>go()</script>'
    digests = [base64.b64encode(hashlib.sha256(text).digest()).decode() for text in (b"go()", b"more()")]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    assert secured(page) == page.replace("script-src 'self'", f"script-src 'self' {allowed}")
    assert secured("<p>No policy</p><script>go()</script>") == "<p>No policy</p><script>go()</script>"


def test_a_project_widens_it_by_directive():
    wide = policy({"script-src": ["https://example.org"], "frame-src": ["https://video.example/e/"], "object-src": []})
    assert "script-src 'self' 'wasm-unsafe-eval' https://example.org;" in wide
    assert wide.endswith("frame-src 'self' https://video.example/e/")
    assert policy({"object-src": ["https://example.org"]}).count("'none'") == 1
    assert set(POLICY) == {part.split(" ")[0] for part in policy().split(";")}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("{scripts: [x]}", "'scripts' is no directive that can be widened; they are: base-uri, connect-src, "),
        ("{script-src: https://example.org}", 'script-src takes a list of sources, such as ["https://example.org"].'),
        ("{script-src: [1]}", "script-src takes a list of sources"),
        ("{img-src: ['https://a.example; script-src *']}", "'https://a.example; script-src *' is no source of img-src"),
        ("{img-src: ['\"><script>']}", "is no source of img-src"),
    ],
)
def test_a_setting_that_is_none_is_told_of(settings, said, tmp_path: Path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        f"site_name: X\ntheme: {{name: material}}\nplugins: [chronology: {{policy: {settings}}}]\n", encoding="utf-8"
    )
    told = run("chronology", "build", cwd=tmp_path)
    assert told.returncode != 0
    assert said in " ".join(told.stderr.split())
    assert "Traceback" not in told.stderr


def test_cells_of_hand_written_tables_are_aligned_by_a_class():
    assert classed('<td style="text-align: right;">1</td>') == '<td class="at-right">1</td>'
