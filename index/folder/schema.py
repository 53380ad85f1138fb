"""The tables of the database of a collection, and the migrations from earlier formats."""

APPLICATION_ID = 0x43495445  # "CITE": distinguishes our databases from those of other programs
FORMAT = 5
"""Number of the format of the database. It increases once for a release that changes the tables."""

PAGE_SIZE = 8192
"""Page size in bytes. Five vectors of 384 dimensions fill 94 % of 8,192; two of them fill only 75 % of 4,096."""

_SINCE_FORMAT_4 = (
    # A long text begins in `documents` and goes on here. `part` is the offset of its first code point.
    "CREATE TABLE continuations (document TEXT NOT NULL, part INTEGER NOT NULL, text TEXT NOT NULL,"
    " PRIMARY KEY (document, part))",
    "CREATE TABLE originals (digest TEXT NOT NULL, part INTEGER NOT NULL, content BLOB NOT NULL,"
    " PRIMARY KEY (digest, part))",
)

SCHEMA = (
    "CREATE TABLE settings (encoder TEXT NOT NULL, generation INTEGER NOT NULL,"
    " model TEXT NOT NULL DEFAULT '')",  # the SHA-256 of the model; if empty, it is not known yet
    "CREATE TABLE generations (generation INTEGER PRIMARY KEY)",
    "CREATE TABLE documents (id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL,"
    " places TEXT NOT NULL,"  # as JSON: [[start, label], …]
    " blocks TEXT NOT NULL DEFAULT '',"  # see `index.block.pack`; if empty, they are found as in plain text
    " facts TEXT NOT NULL DEFAULT '[]',"  # as JSON: [[name, value, origin], …]
    " tables TEXT NOT NULL DEFAULT '',"  # see `index.table.pack`
    " boxes BLOB NOT NULL DEFAULT x'',"  # see `index.box.pack`
    " emphasis TEXT NOT NULL DEFAULT '',"  # see `index.emphasis.pack`
    " original TEXT NOT NULL DEFAULT '')",  # the SHA-256 of the file; if empty, the file was not kept
    "CREATE TABLE passages (number INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL REFERENCES documents,"
    ' "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, generation INTEGER NOT NULL)',
    # Vectors have a table of their own, because reading passages would otherwise touch a hundred times as many bytes.
    "CREATE TABLE vectors (passage INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE, vector BLOB NOT NULL)",
    "CREATE TABLE removals (passage INTEGER PRIMARY KEY, generation INTEGER NOT NULL)",
    "CREATE INDEX passages_by_document ON passages (document)",
    "CREATE INDEX passages_by_generation ON passages (generation)",
    "CREATE INDEX removals_by_generation ON removals (generation)",
    *_SINCE_FORMAT_4,
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {FORMAT}",
)

MIGRATIONS = {
    2: (
        "ALTER TABLE documents ADD COLUMN blocks TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE documents ADD COLUMN facts TEXT NOT NULL DEFAULT '[]'",
    ),
    3: (
        "ALTER TABLE settings ADD COLUMN model TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE documents ADD COLUMN tables TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE documents ADD COLUMN boxes BLOB NOT NULL DEFAULT x''",
        "ALTER TABLE documents ADD COLUMN original TEXT NOT NULL DEFAULT ''",
        *_SINCE_FORMAT_4,
    ),
    4: ("ALTER TABLE documents ADD COLUMN emphasis TEXT NOT NULL DEFAULT ''",),
}
"""Format → the statements that bring a database from it to the next format."""
