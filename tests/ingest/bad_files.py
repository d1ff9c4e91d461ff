"""Files that cannot or must not be read, made in code: each is what a user or an attacker really sends."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

from tests.ingest.docx_builder import HEAD, NAMES, PROSE, para, write_docx, xml

_SECTOR = 512
_BLOCK = 64 * 1024 * 1024
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole_file(*streams: str, payload: bytes = b"") -> bytes:
    """A compound file (MS-CFB) of one directory sector naming up to three streams, and one data sector."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<I", 0)
    header += struct.pack("<108I", *[_FREE] * 108)
    fat = struct.pack("<128I", _FAT, _END, _END, *[_FREE] * 125)
    entries = [_entry("Root Entry", 5), *(_entry(name, 2) for name in streams)]
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    return header.ljust(_SECTOR, b"\0") + fat + directory + payload.ljust(_SECTOR, b"\0")


def _entry(name: str, kind: int) -> bytes:
    encoded = name.encode("utf-16-le")
    named = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
    return (named + struct.pack("<III", _FREE, _FREE, _FREE)).ljust(128, b"\0")


def old_doc() -> bytes:
    """An old .doc with a zip inside, as an embedded workbook is: zipfile would open it."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return ole_file("WordDocument", "1Table", payload=inner.getvalue())


def locked_docx() -> bytes:
    return ole_file("EncryptionInfo", "EncryptedPackage")


def good(folder: Path, body: str = "") -> Path:
    return write_docx(folder / "自评报告.docx", body or para(PROSE) * 40)


def with_main(folder: Path, main: str | bytes) -> Path:
    """A package whose main part is what is given."""
    path = good(folder)
    entries = [(name, data) for name, data in _entries(path) if name != "word/document.xml"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
        archive.writestr("word/document.xml", main)
    return path


def _entries(path: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def doctype(folder: Path, encoding: str = "utf-8") -> Path:
    """Entities that grow a thousandfold."""
    entities = '<!ENTITY a "质量质量质量质量"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    body = f"<w:body>{para('X')}</w:body>".replace("X", "&b;")
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{entities}]>'
    text = f"{head}<w:document {NAMES}>{body}</w:document>"
    return with_main(folder, text.encode(encoding))


def external_entity(folder: Path, secret: Path) -> Path:
    head = f"{HEAD}<!DOCTYPE x [<!ENTITY a SYSTEM '{secret.as_uri()}'>]>"
    text = f"{head}<w:document {NAMES}><w:body>{para('&a;')}</w:body></w:document>"
    return with_main(folder, text.replace("&amp;", "&"))


def inflating(folder: Path) -> Path:
    """80 MB of blanks in the main part: 80 kB packed."""
    return with_main(folder, xml("w:document", f"<w:body>{para(PROSE)}</w:body>" + " " * (80 * 1024 * 1024)))


def lying_size(folder: Path) -> Path:
    """The directory says that the main part is small."""
    path = good(folder)
    data = bytearray(path.read_bytes())
    place = data.rindex(b"word/document.xml", 0, data.rindex(b"word/_rels/document.xml.rels"))
    struct.pack_into("<I", data, place - 46 + 24, 100)
    path.write_bytes(bytes(data))
    return path


def crowded(folder: Path) -> Path:
    """More parts than any report has."""
    return write_docx(
        folder / "自评报告.docx", para(PROSE), extra=[(f"word/media/{n}.bin", b"") for n in range(10_001)]
    )


def doubled_main(folder: Path) -> Path:
    path = good(folder)
    with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of what we mean to do
        archive.writestr("word/document.xml", xml("w:document", "<w:body/>"))
    return path


def broken_media(folder: Path) -> Path:
    """A picture whose data are nonsense, and a link to the outside: neither concerns the text."""
    link = '<w:hyperlink r:id="rIdLink"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
    path = write_docx(
        folder / "自评报告.docx",
        para(PROSE) + para(runs=link),
        parts={"media/image1.png": ("image", b"0123456789" * 1000)},
    )
    data = bytearray(path.read_bytes())
    place = data.index(b"word/media/image1.png")
    data[place + 25 : place + 45] = b"\xff" * 20
    path.write_bytes(bytes(data))
    return path


def locked_entry(folder: Path) -> Path:
    """The main part is marked as encrypted within the zip."""
    path = good(folder)
    data = bytearray(path.read_bytes())
    place = data.rindex(b"word/document.xml", 0, data.rindex(b"word/_rels/document.xml.rels"))
    data[place - 46 + 8] |= 1
    path.write_bytes(bytes(data))
    return path


def nested_tables(folder: Path, depth: int) -> Path:
    body = "<w:tbl><w:tr><w:tc>" * depth + para("最里面") + "</w:tc></w:tr></w:tbl>" * depth
    return write_docx(folder / "自评报告.docx", body)


def heavy(folder: Path, elements: int = 3_000_000) -> Path:
    """A part within the size limits that takes hundreds of megabytes and some seconds to parse."""
    return with_main(folder, xml("w:document", f"<w:body>{'<w:p/>' * elements}</w:body>"))


def other_zip(folder: Path, *names: str) -> Path:
    path = folder / "自评报告.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return path


def small_pdf() -> bytes:
    """One empty page."""
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"])  # fmt: skip


def pdf(objects: list[str], trailer: str = "") -> bytes:
    """Objects 1, 2, … with a cross-reference table; the first is the catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    ending = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n"
    return out + ending.encode()


def locked_pdf() -> bytes:
    """A page under a user password that nobody knows (RC4, 40 bits; the hashes are made up)."""
    catalogue = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                 "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"]  # fmt: skip
    secret = "<" + "5A" * 32 + ">"
    encrypt = f"<</Filter/Standard/V 1/R 2/O{secret}/U{secret}/P -4>>"
    return pdf([*catalogue, encrypt], "/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff><00>]")


def doubling_forms(levels: int = 28) -> bytes:
    """Forms that each draw the next one twice: pdfium expands them all when it loads the page."""
    first = 5
    drawn = f"/Resources<</XObject<</F {first} 0 R>>>>/Contents 4 0 R"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
               f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{drawn}>>", _stream("/F Do")]  # fmt: skip
    for level in range(levels):
        resources = f"/Resources<</XObject<</F {first + level + 1} 0 R>>>>"
        objects.append(_stream("/F Do /F Do", f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]{resources}"))
    objects.append(_stream("0 0 m 1 1 l S", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"))
    return pdf(objects)


def _stream(content: str, entries: str = "") -> str:
    return f"<<{entries}/Length {len(content)}>>\nstream\n{content}\nendstream"


def self_drawing_form() -> bytes:
    """A form that draws itself twice."""
    resources = "/Resources<</XObject<</F 5 0 R>>>>"
    form = _stream("/F Do /F Do", f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]{resources}")
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{resources}/Contents 4 0 R>>"
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page,
                _stream("/F Do"), form])  # fmt: skip


def packed_twice(size: int = 1024**3) -> bytes:
    """A page whose content is a gigabyte of blanks, packed twice to a few kilobytes."""
    inner = _blanks(size)
    packed = zlib.compress(inner)
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    content = f"<</Filter[/FlateDecode/FlateDecode]/Length {len(packed)}>>\nstream\n"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page,
               content + packed.decode("latin-1") + "\nendstream"]  # fmt: skip
    return pdf(objects)


def _blanks(size: int) -> bytes:
    """A zlib stream of ``size`` blanks."""
    sum_ = zlib.adler32(b"")
    for _ in range(size // _BLOCK):
        sum_ = zlib.adler32(b" " * _BLOCK, sum_)
    return b"\x78\xda" + _deflated_blanks(size) + struct.pack(">I", sum_)


def _deflated_blanks(size: int) -> bytes:
    """``size`` blanks (whole blocks) deflated: the same packed block again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(b" " * _BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    return once * (size // _BLOCK) + b"\x03\x00"


def huge_media(folder: Path) -> Path:
    """A picture of 4 GB of blanks in a package of some megabytes: no reader may inflate it."""
    path = good(folder)
    size = 0xFC00_0000
    data = _deflated_blanks(size)
    name = b"word/media/image1.png"
    sizes = struct.pack("<III", 0, len(data), size)
    whole = bytearray(path.read_bytes())
    start = whole.index(b"PK\x01\x02")
    end = whole.rindex(b"PK\x05\x06")
    directory = whole[start:end]
    head = struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", len(name), 0)
    local = b"PK\x03\x04" + head + name + data
    central = b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, start) + name
    count = struct.unpack_from("<H", whole, end + 10)[0] + 1
    length = len(directory) + len(central)
    last = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, length, start + len(local), 0)
    path.write_bytes(bytes(whole[:start]) + local + bytes(directory) + central + last)
    return path


def pickled_cmap(pickle_file: Path) -> bytes:
    """Text in an encoding whose name is a path to a pickle: older pdfminer runs what lies there."""
    encoding = "/" + "".join(f"#{byte:02x}" for byte in str(pickle_file).encode())
    font = f"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding {encoding}/DescendantFonts[6 0 R]>>"
    system = "<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    cid = f"<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo{system}>>"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page,
                _stream("BT /F 12 Tf 90 700 Td <00410042> Tj ET"), font, cid])  # fmt: skip
