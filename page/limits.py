"""Every limit on what is sent to a server and kept by it. Each refusal names its limit."""

REQUEST_BYTES = 1_000_000
"""Bytes of a request that brings no file."""

FILE_BYTES = 100_000_000
"""Bytes of a file that is sent."""

FORM_BYTES = 10_000
"""Bytes of the form around a file."""

HEADER_SECONDS = 5.0
"""Seconds in which the headers of a request must arrive."""

PIECE_SECONDS = 10.0
"""Seconds to wait for the next piece of a request."""

REQUEST_SECONDS = 30.0
"""Seconds in which a request must arrive."""

FILE_SECONDS = 600.0
"""Seconds in which a file must arrive, and then those in which it must be added before it is deleted."""

FILE_NAME = 255
"""Characters of a file's name; most systems have the same limit."""

FILES_WAITING = 40
"""Files that wait to be added."""

CONNECTIONS = 500
"""Connections at a time; a further one is answered that Cited is not available."""

AT_ONCE = 4
"""Pieces of work that run at a time in the line of questions."""

WAITING = 40
"""Pieces of work that may wait in each line."""

QUESTIONS_A_MINUTE = 60
"""Questions in any minute of one session of a server for others."""

TURNS = 200
"""Questions of one conversation."""

CHATS_IN_MEMORY = 100
"""Conversations in memory. When there are more, the least recently used one is read again when it is next needed."""

SESSIONS = 1000
"""Browser sessions of a server for others at a time, and programs whose questions are counted."""

SESSIONS_WITH_DOCUMENTS = 50
"""Sessions at a time that have documents of their own."""

SESSION_DOCUMENTS = 100
"""Documents that a session may have of its own."""

SESSION_BYTES = 300_000_000
"""Bytes of the files that a session adds."""

SESSION_SECONDS = 86_400.0
"""Seconds after which a session ends."""

SESSION_LEFT_SECONDS = 300.0
"""Seconds after which a session ends that no browser shows any more."""
