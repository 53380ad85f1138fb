"""Files of every kind answer as a person would say who has opened them, and cite where it stands.

Some were made by LibreOffice, Chromium's print, Python's e-mail library, python-docx, python-pptx or fpdf2.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Collection, FolderCollection, read_all
from qa import ask

CASES = Path(__file__).parents[1] / "index" / "formats" / "cases"

NOTHING = ""

UNSURE = pytest.mark.xfail(strict=False, reason="the answer is found, but is less sure than the threshold")

pytestmark = pytest.mark.slow

TABLE = [
    # Word and OpenDocument texts
    ("rules-garden.odt", "How much is the rent?", "1,150 crowns", "section “Plots”"),
    ("rules-garden.odt", "When is the water turned off?", "15 October", "section “Plots”"),
    ("rules-garden.odt", "How high may sheds be?", "2.4 metres", "section “Plots”"),
    ("rules-garden.odt", "Who is the treasurer?", "Ragna Lie", "section “Fees”"),
    ("rules-garden.odt", "When were the rules adopted?", "3 May 2023", "all pages, from the page footer"),
    ("rules-garden.docx", "Where do complaints go?", "garden.committee@rundvik.example", "section “Fees”"),
    ("rules-garden.docx", "How large is a plot?", "120 m²", "section “Plots”"),
    ("rules-garden.docx", "How much does joining cost?", "400 crowns", "section “Fees”, table 1, row “Joining”"),
    ("rules-garden.pdf", "How much is the late payment fee?", "75 crowns", "page 1, table 1, row “Late payment”"),
    ("rules-garden.pdf", "For how long is a plot let?", "three years", "page 1"),
    (
        "docx_numbers-lease.docx",
        "How much interest does late rent bear?",
        "four percent",
        "section “Berth lease",
    ),
    ("docx_numbers-inspection.docx", "How much does the keel weigh?", "2.4 tonnes", "paragraph 5"),
    ("docx_numbers-inspection.docx", "How much does the fuel tank hold?", "180 litres", "paragraph 3"),
    ("docx_numbers-inspection.docx", "What is the report number?", "HS-2024-118", "all pages, from the page header"),
    # Spreadsheets and separated values
    ("sheet-repairs.xlsx", "What did the propeller cost?", "£18,450.00", "sheet “Repairs”, cell B4"),
    ("sheet-repairs.xlsx", "When was the rudder bearing fitted?", "2 April 2024", "sheet “Repairs”, cell D5"),
    ("sheet-repairs.ods", "What is the share of the rudder bearing?", "25.5%", "sheet “Repairs”, cell C5"),
    ("sheet-repairs.xlsx", "What was the total?", "£24,775.50", "sheet “Repairs”, cell B7"),
    pytest.param("sheet-repairs.ods", "Who is the chief engineer?", "Ola Vik", "sheet “Crew”, cell A2", marks=UNSURE),
    ("sheet-repairs.xlsx", "How much was the bribe?", NOTHING, ""),
    ("sailings.csv", "How many passengers did Storøya have?", "9 875", "cell C3"),
    ("sailings.csv", "Who is the captain of the route to Flatholm?", "Moe, Per", "cell D2"),
    # Slides
    ("slides-survey.pptx", "How far has the east pier sunk?", "14 centimetres", "slide 2"),
    pytest.param(
        "slides-survey.pptx", "How long does the pier stay open?", "October", "notes of slide 2", marks=UNSURE
    ),
    (
        "slides-survey.odp",
        "How much do new bollards cost?",
        "55,000 kr",
        "slide 3, table 1, row “New bollards”, column “Cost”",
    ),
    ("slides-survey.odp", "How many bollards are loose?", "Two", "slide 2"),
    # E-mails and their attachments
    ("mail-accounts.eml", "When does the audit begin?", "6 May", "e-mail of 18 April 2024"),
    ("mail-accounts.eml", "Who is the auditor?", "Siri Tangen", "e-mail of 18 April 2024"),
    ("mail-accounts.eml", "How many sailings to Flatholm were there?", "410", "cell B2"),
    ("mail-accounts.eml", "What did the propeller cost?", "£18,450.00", "sheet “Repairs”, cell B4"),
    ("files-mail.eml", "When will the hearing be held?", "21 May", "e-mail of 5 March 2024"),
    # PDF
    ("printed-auction.pdf", "When does the auction hall open?", "05:30", "page 1"),
    ("printed-auction.pdf", "Who is the auctioneer?", "Gro Haugen", "page 1"),
    pytest.param(
        "printed-auction.pdf", "What is the price of haddock?", "38.10", "page 1, table 1, row “Haddock”", marks=UNSURE
    ),
    ("inspection-report.pdf", "Who prepared the report?", "Haldane Structural Engineers", "page 1"),
    ("disclaimer-report.pdf", "How many people does the plant in Hitra employ?", "140", "page 2"),
    ("doc_meta-scan0042.pdf", "In how many cables was rust found?", "31", "page 1"),
    ("pdf_form-form.pdf", "Who is the applicant?", "Ingrid Solberg", "page 1"),
    ("pdf_form-form.pdf", "How long is the vessel?", "11.4 metres", "page 1"),
    ("pdf_layout-misc.pdf", "How large is the budget?", "1.4 million crowns", "page 1"),
    ("pdf_layout-rows.pdf", "Who founded the society?", "Marta Eide", "page 1"),
    ("pdf_pagebreak-report.pdf", "Which company dredged the northern channel?", "Halvorsen and Sons", "page 2"),
    ("pdf_pagebreak-small.pdf", "When were the lights at Skagen replaced?", "October", "page 1"),
    # Web pages and e-books
    ("footnote_sup-report.html", "How many fishing boats were counted?", "48", "section “Harbour survey 2024”"),
    ("footnote_sup-report.html", "What did the new pier cost?", "3.6", "section “Harbour survey 2024”"),
    ("html_edits-price.html", "What does a single ticket cost?", "62 euros", "section “Night train to Narvo”"),
    ("html_edits-price.html", "When does the train leave?", "22:40", "section “Night train to Narvo”"),
    ("hidden-news.html", "How high is Rundhø?", "1,512 metres", "section “Two skiers found alive"),
    ("tables-t.html", "When was the Alva built?", "1987", "section “Ferries”, table 1, row “Alva”"),
    ("tables-t.html", "Who owns the Brage?", "Norled", "section “Ferries”, table 1, row “Brage”"),
    ("mhtml-page.mhtml", "What was the new ferry named?", "Solvår", "section “New ferry named”"),
    ("epub-mediatype.epub", "Who was the keeper in 1904?", "Berit Aas", "section “Chapter Two”"),
    ("epub-mediatype.epub", "How high is the tower?", "34 metres", "section “Chapter Three”"),
    # Text and Markdown
    ("lists-staff.txt", "Who is the chair?", "Ada Lind", "line 3"),
    ("question_forms-ferry.txt", "When was Ytre Linjer founded?", "1962", "line 12"),
    (
        "tokens-contact.md",
        "What is the e-mail address of the harbour office?",
        "vakt.havn@havnsund-kommune.example",
        "section",
    ),
]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with FolderCollection(tmp_path_factory.mktemp("cases")) as collection:
        collection.add(*(document for file in sorted(CASES.iterdir()) for document in read_all(file)))
        yield collection


@pytest.mark.parametrize(("file", "question", "expected", "place"), TABLE)
def test_a_file_answers_as_a_person_would_and_cites_the_place(
    collection: Collection, file: str, question: str, expected: str, place: str
) -> None:
    documents = [each.id for each in read_all(CASES / file)]

    answer = ask(question, collection, documents=documents)

    if expected == NOTHING:
        assert answer.text == ""
        return
    assert expected in answer.text
    assert answer.citations[0].quote == answer.text
    assert answer.citations[0].place.startswith(place)
