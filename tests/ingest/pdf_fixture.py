"""Small PDFs made in code: Chinese by a font that is not embedded, so that no font file is needed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

A4 = (595.0, 842.0)
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_FONTS = {
    "song": b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<<"
    b"/Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
    b"/Supplement 2>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4"
    b"/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>",
    "latin": b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    "nomap": b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/Odd/Flags 4/FontBBox[0 -120 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>",
}


@dataclass
class PageDraft:
    """A page being drawn; tops count from the upper edge."""

    width: float = A4[0]
    height: float = A4[1]
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    content: list[str] = field(default_factory=list)
    images: int = 0

    def text(
        self,
        left: float,
        top: float,
        text: str,
        size: float = 12,
        *,
        bold: bool = False,
        mode: int | None = None,
        white: bool = False,
        nomap: bool = False,
        turned: bool = False,
        slanted: bool = False,
    ) -> float:
        """Writes a line whose characters reach down from ``top``; returns its right end. ``turned`` text runs
        up from (``left``, ``top``) instead, as on a page in landscape; ``slanted`` text up and right."""
        color = "1 1 1 rg" if white else "0 0 0 rg"
        render = mode if mode is not None else 2 if bold else 0
        matrix = "0 1 -1 0" if turned else "0.7 0.7 -0.7 0.7" if slanted else "1 0 0 1"
        x, y = left, self.height - top - 0.88 * size
        for run, is_latin in _runs(text):
            font = "nomap" if nomap else "latin" if is_latin else "song"
            code = run.encode("cp1252") if font == "latin" else run.encode("utf-16-be")
            self.content.append(
                f"BT {color} {render} Tr /{font} {size} Tf {matrix} {x:.2f} {y:.2f} Tm <{code.hex()}> Tj ET"
            )
            step = sum(_advance(char, is_latin) for char in run) * size
            x, y = (x, y + step) if turned else (x + step, y)
        return x

    def line(self, x0: float, top0: float, x1: float, top1: float, width: float = 0.5) -> None:
        self.content.append(f"{width} w {x0} {self.height - top0} m {x1} {self.height - top1} l S")

    def rect(
        self, left: float, top: float, right: float, bottom: float, *, gray: float | None = None
    ) -> None:
        """An outline, or a filled area of one gray without an outline."""
        box = f"{left} {self.height - bottom} {right - left} {bottom - top} re"
        self.content.append(f"0.5 w {box} S" if gray is None else f"{gray} g {box} f 0 g")

    def grid(self, lefts: list[float], tops: list[float]) -> None:
        for top in tops:
            self.line(lefts[0], top, lefts[-1], top)
        for left in lefts:
            self.line(left, tops[0], left, tops[-1])

    def table(self, lefts: list[float], top: float, rows: list[list[str]], height: float = 20) -> float:
        """A ruled table with one line a cell; returns its lower edge."""
        tops = [top + height * n for n in range(len(rows) + 1)]
        self.grid(lefts, tops)
        for row, upper in zip(rows, tops, strict=False):
            for cell, left in zip(row, lefts, strict=False):
                self.text(left + 3, upper + 5, cell, 9)
        return tops[-1]

    def image(self, left: float, top: float, right: float, bottom: float) -> None:
        self.images += 1
        self.content.append(
            f"q {right - left} 0 0 {bottom - top} {left} {self.height - bottom} cm /picture Do Q"
        )


def _runs(text: str) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    for char in text:
        is_latin = char < "\u0080"
        if runs and runs[-1][1] == is_latin:
            runs[-1] = (runs[-1][0] + char, is_latin)
        else:
            runs.append((char, is_latin))
    return runs


def _advance(char: str, is_latin: bool) -> float:
    """Widths of Helvetica for digits, signs and (about) letters; an em for the others."""
    if not is_latin:
        return 1.0
    return {" ": 0.278, ".": 0.278, ",": 0.278, "-": 0.333, "/": 0.278, "%": 0.889}.get(char, 0.556)


def make_pdf(
    pages: list[PageDraft],
    *,
    outline: list[tuple[str, int]] | None = None,
    password: str | None = None,
) -> bytes:
    """The file; ``outline`` has title and page (from 0), ``password`` may be "", which opens by itself."""
    objects: list[bytes] = [b"", b""]  # catalog and page tree come last
    fonts = {name: _add(objects, body) for name, body in _FONTS.items()}
    pixel = (
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    )
    picture = _add(objects, pixel + b"\nstream\n\x80\nendstream")
    resources = "<</Font<<" + "".join(f"/{name} {number} 0 R" for name, number in fonts.items())
    resources += f">>/XObject<</picture {picture} 0 R>>>>"
    kids = []
    for page in pages:
        stream = "\n".join(page.content).encode()
        content = _add(objects, b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream))
        crop = f"/CropBox[{' '.join(map(str, page.crop))}]" if page.crop else ""
        kids.append(
            _add(
                objects,
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width} {page.height}]{crop}"
                f"/Rotate {page.rotate}/Resources{resources}/Contents {content} 0 R>>".encode(),
            )
        )
    root = f"/Outlines {_outline(objects, outline, kids)} 0 R" if outline else ""
    objects[0] = f"<</Type/Catalog/Pages 2 0 R{root}>>".encode()
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>".encode()
    return _file(objects, password)


def _add(objects: list[bytes], body: bytes) -> int:
    objects.append(body)
    return len(objects)


def _outline(objects: list[bytes], outline: list[tuple[str, int]], kids: list[int]) -> int:
    root = len(objects) + len(outline) + 1
    first = len(objects) + 1
    for number, (title, page) in enumerate(outline):
        following = f"/Next {first + number + 1} 0 R" if number + 1 < len(outline) else ""
        code = ("\ufeff" + title).encode("utf-16-be").hex()
        _add(objects, f"<</Title<{code}>/Parent {root} 0 R{following}/Dest[{kids[page]} 0 R/Fit]>>".encode())
    return _add(
        objects, f"<</Type/Outlines/First {first} 0 R/Last {root - 1} 0 R/Count {len(outline)}>>".encode()
    )


def _file(objects: list[bytes], password: str | None) -> bytes:
    trailer = b""
    if password is not None:
        key, entry = _encryption(password.encode())
        objects = [_encrypted(body, number, key) for number, body in enumerate(objects, start=1)]
        objects.append(entry)
        trailer = b"/Encrypt %d 0 R/ID[<%s><%s>]" % (len(objects), _ID.hex().encode(), _ID.hex().encode())
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


_ID = b"0123456789abcdef"


def _encryption(user: bytes) -> tuple[bytes, bytes]:
    """Key and dictionary of the standard handler, revision 2 (RC4, 40 bits); all rights."""
    padded = (user + _PAD)[:32]
    owner = _rc4(hashlib.md5((b"owner" + _PAD)[:32], usedforsecurity=False).digest()[:5], padded)
    rights = (-4) & 0xFFFFFFFF
    digest = hashlib.md5(padded + owner + rights.to_bytes(4, "little") + _ID, usedforsecurity=False)
    key = digest.digest()[:5]
    return key, (
        b"<</Filter/Standard/V 1/R 2/Length 40/P -4/O<%s>/U<%s>>>"
        % (owner.hex().encode(), _rc4(key, _PAD).hex().encode())
    )


def _encrypted(body: bytes, number: int, key: bytes) -> bytes:
    """Streams only: the fixtures' strings are read without a password check on them."""
    head, found, rest = body.partition(b"\nstream\n")
    if not found:
        return body
    data = rest[: -len(b"\nendstream")]
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0", usedforsecurity=False).digest()[:10]
    return head + found + _rc4(own, data) + b"\nendstream"


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


PROSE = (
    "公司由董事长牵头建立卓越绩效推进机制，每季度召开质量例会，对关键过程的绩效进行监视和测量，"
    "并把改进结果固化为管理标准；各事业部按年度计划开展自评，由质量管理部组织交叉评审，"
    "评审发现的问题列入改进清单，逐项明确责任人和完成时限，完成后由企划部验证效果。"
)


def write_prose(
    page: PageDraft, top: float, text: str, *, left: float = 90, per_line: int = 34, indent: bool = True
) -> tuple[float, str]:
    """Sets a paragraph of 12 points at 20 points a line down to the foot of the page (760); returns where
    it ended and what found no room."""
    line = per_line - 2 if indent else per_line
    start = left + 24 if indent else left
    while text and top < 760:
        page.text(start, top, text[:line])
        text, top = text[line:], top + 20
        line, start = per_line, left
    return top, text
