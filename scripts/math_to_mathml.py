"""Markdown extension: equations between dollar signs become MathML, which browsers draw alone.

`$a_i$` in a sentence, `$$` … `$$` on lines of their own. No script runs in the reader's browser
and nothing is fetched. An equation that cannot be converted fails the build.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

INLINE = r"(?<![\\$\w])\$(?![\s$])([^$\n]+?)(?<![\s\\])\$(?![\w$])"
BLOCK = re.compile(r"^[ ]{0,3}\$\$\s*\n(.*?)\n[ ]{0,3}\$\$[ ]*$", flags=re.MULTILINE | re.DOTALL)
ONE_LINE = re.compile(r"^[ ]{0,3}\$\$([^$\n]+)\$\$[ ]*$", flags=re.MULTILINE)
FENCES = re.compile(r"^(```|~~~).*?^\1[ ]*$", flags=re.MULTILINE | re.DOTALL)


class Inline(InlineProcessor):
    """Equations within a sentence."""

    def handleMatch(  # noqa: N802 - a name of Python-Markdown
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        """Replace one match."""
        return self.md.htmlStash.store(convert(m.group(1))), m.start(0), m.end(0)


class Blocks(Preprocessor):
    """Equations on lines of their own, except inside fenced code."""

    def run(self, lines: list[str]) -> list[str]:
        """Replace every block of a page."""
        text = "\n".join(lines)
        out, position = [], 0
        for fence in FENCES.finditer(text):
            out += [self._replace(text[position : fence.start()]), fence.group()]
            position = fence.end()
        return "".join([*out, self._replace(text[position:])]).split("\n")

    def _replace(self, text: str) -> str:
        def drawn(match: re.Match[str]) -> str:
            equation = convert(match.group(1).strip(), display="block")
            return f"\n\n{self.md.htmlStash.store(equation)}\n\n"

        return ONE_LINE.sub(drawn, BLOCK.sub(drawn, text))


class MathExtension(Extension):
    """Registers both."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Run before emphasis and escapes, after code."""
        md.preprocessors.register(Blocks(md), "math-blocks", 27)
        md.inlinePatterns.register(Inline(INLINE, md), "math-inline", 185)


def makeExtension(**settings: object) -> MathExtension:  # noqa: N802
    """What Python-Markdown looks for."""
    return MathExtension(**settings)
