"""The page headers and footers of a sheet, and the codes in them."""

import re
from collections.abc import Iterator

from index.block import Role
from index.formats.normal import on_one_line

AROUND = {
    **dict.fromkeys(("oddHeader", "evenHeader", "firstHeader"), Role.HEADER),
    **dict.fromkeys(("oddFooter", "evenFooter", "firstFooter"), Role.FOOTER),
}
"""Element → the role of its text."""

_CODE = re.compile(r"&(?:\"[^\"]*\"|\d+|K[0-9A-Fa-f+-]{6}|[^&\d\"K])")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?&P(?:\s*(?:of|/|-)\s*&N)?", re.IGNORECASE)
_PARTS = re.compile("&[LCR]")


def shown_around(written: str) -> Iterator[str]:
    """Yield what is shown on the left, in the middle and on the right. Page numbers and names of files are left out.

    >>> list(shown_around('&L&"Arial,Bold"&12Report 7&CPage &P of &N&RR&&D'))
    ['Report 7', 'R&D']
    """
    for part in _PARTS.split(_PAGE_NUMBER.sub("", written.replace("&&", "\0"))):
        text = on_one_line(_CODE.sub("", part).replace("\0", "&"))
        if any(map(str.isalnum, text)):
            yield text
