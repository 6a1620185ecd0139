"""The look of the page: light and dark by what the reader's system prefers, and plain on paper.

Each colour of text stands on one background; a test works out that their contrast is enough to read.
"""

from __future__ import annotations

from typing import Final

__all__ = ["COLOURS", "STYLE"]

#: Custom properties by theme; `-text` stands on `-back` of the same name, everything else on `back` and `panel`.
COLOURS: Final[dict[str, dict[str, str]]] = {
    "light": {
        "back": "#f7f8fa",
        "panel": "#ffffff",
        "text": "#1c2330",
        "faint": "#545d6e",
        "line": "#d9dee7",
        "code-back": "#f2f4f8",
        "mark-back": "#ffe08a",
        "mark-text": "#1c2330",
        "error-back": "#b42318",
        "error-text": "#ffffff",
        "security-warning-back": "#9a3412",
        "security-warning-text": "#ffffff",
        "warning-back": "#fde68a",
        "warning-text": "#3f2d00",
        "suggestion-back": "#dbe4f5",
        "suggestion-text": "#1f3157",
    },
    "dark": {
        "back": "#12161d",
        "panel": "#1a2029",
        "text": "#e6eaf2",
        "faint": "#a3adbd",
        "line": "#313a48",
        "code-back": "#141a22",
        "mark-back": "#6b5200",
        "mark-text": "#fff4cf",
        "error-back": "#ff8a80",
        "error-text": "#2b0703",
        "security-warning-back": "#ffb088",
        "security-warning-text": "#2e1002",
        "warning-back": "#6b5200",
        "warning-text": "#fff4cf",
        "suggestion-back": "#2c3d63",
        "suggestion-text": "#e4ecff",
    },
}

_RULES: Final = """
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:62rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.75rem;margin:0}
h2{font:600 1.05rem/1.4 ui-monospace,monospace;margin:2.5rem 0 .75rem;overflow-wrap:anywhere}
h3{font-size:1rem;margin:0 0 .75rem;font-weight:600;overflow-wrap:anywhere}
header p,footer p{color:var(--faint);margin:.25rem 0}
.counts{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;padding:0;margin:1rem 0 0}
.counts li,.badge{border-radius:.3rem;padding:.1rem .55rem}
.badge{font-size:.8rem;font-weight:600;margin-right:.35rem;white-space:nowrap}
.error{background:var(--error-back);color:var(--error-text)}
.security-warning{background:var(--security-warning-back);color:var(--security-warning-text)}
.warning{background:var(--warning-back);color:var(--warning-text)}
.suggestion{background:var(--suggestion-back);color:var(--suggestion-text)}
article{background:var(--panel);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:0 0 1rem;break-inside:avoid}
pre{background:var(--code-back);border:1px solid var(--line);border-radius:.3rem;padding:.6rem .75rem;margin:0 0 .75rem;overflow-x:auto;font:.85rem/1.6 ui-monospace,monospace}
pre:focus-visible{outline:3px solid var(--faint);outline-offset:2px}
.number{display:inline-block;min-width:3ch;margin-right:1.5ch;text-align:right;color:var(--faint);user-select:none}
code{font:.92em ui-monospace,monospace;background:var(--code-back);border-radius:.2rem;padding:0 .2rem}
mark{background:var(--mark-back);color:var(--mark-text);border-radius:.15rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem .9rem;margin:0;font-size:.92rem}
dt{color:var(--faint)}
dd{margin:0;overflow-wrap:anywhere}
footer{max-width:62rem;margin:0 auto;padding:0 1rem 2rem}
@media print{body{background:#fff;font-size:11pt}main{max-width:none;padding:0}pre{white-space:pre-wrap}article{border-color:#999}}
"""


def _properties(theme: str) -> str:
    return "".join([f"--{name}:{value};" for name, value in COLOURS[theme].items()])


STYLE: Final = (
    f":root{{{_properties('light')}}}"
    f"@media screen and (prefers-color-scheme:dark){{:root{{{_properties('dark')}}}}}"
    f"{_RULES}"
)
