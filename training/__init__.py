"""From question-answering data to the readers' weights: mine, teacher, distil, export, calibrate."""
