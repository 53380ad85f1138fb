"""The usual suffixes of files that can be read, known without importing what reads them."""

MAIL = frozenset({".eml", ".mhtml", ".mht"})

SEPARATED = frozenset({".csv", ".tsv", ".tab"})

MARKDOWN = frozenset({".md", ".markdown"})

HTML = frozenset({".html", ".htm", ".xhtml"})

_OFFICE = frozenset(
    {".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".pptm", ".ppsx", ".odt", ".ods", ".odp", ".fodt", ".fods", ".fodp"}
)

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif"})
"""Those of files that can be read only if their text is recognised (OCR)."""

SUFFIXES = frozenset({".txt", ".text", ".pdf", ".epub", *MAIL, *SEPARATED, *MARKDOWN, *HTML, *_OFFICE})
"""All others. `read` does not require them."""
