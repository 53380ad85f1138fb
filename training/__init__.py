"""From question-answering data to the reader's weights: mine, teacher, distil, export, calibrate."""
