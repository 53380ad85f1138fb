"""`python -m api > docs/openapi.json`: the description of the endpoints for programs, as the server gives it."""

import json
import sys

from api.http import application
from page.gate import API
from page.line import Line

description = application(Line(1, 1), Line(1, 1)).openapi() | {"servers": [{"url": API}]}
json.dump(description, sys.stdout, indent=1, ensure_ascii=False)
print()
