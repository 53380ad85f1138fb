"""Markdown reads as its page shows it, and states its title, authors and date in its front matter."""

import pytest

from index.formats.markdown import read_markdown


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("It is 55. <!-- was 40\nin 2019 --> It rises.", "It is 55.\n It rises."),
        ("One.\n\n[//]: # (Gone.)\n[comment]: <> (Gone.)\n\nTwo.", "One.\n\n\n\n\nTwo."),
        ("Now <del>40 **crowns**, <b>net</b></del> 55.", "Now 55."),
        ("One.\n<div hidden>\nGone.\n</div>\nTwo.", "One.\n\n\n\nTwo."),
        ("One <span class='a' style='color: red; display:none'>gone</span> two.", "One two."),
        ('A <a title="a hidden gem">gem</a>.', 'A <a title="a hidden gem">gem</a>.'),
        ("48<sup>2</sup> boats, H<sub>2</sub>O, 10^6^ cells", "48 ² boats, H2O, 10⁶ cells"),
        ("# Rules {#rules}\n\n`x`{.py} [a](b){: .c}", "# Rules\n\n`x` [a](b)"),
        ("`48<sup>2</sup> 10^6^`", "`48<sup>2</sup> 10^6^`"),
    ],
)
def test_markdown_reads_as_its_page_shows_it(written: str, text: str) -> None:
    assert read_markdown(written).text == text


@pytest.mark.parametrize(
    "front_matter",
    [
        "---\ntitle: 'Fees'\nauthor:\n  - Ada Lind\n  - Per Moe\ndate: 2021-05-03\n---\n",
        "---\ntitle: Fees\nauthors: [Ada Lind, \"Per Moe\"]\ndate: 3 May 2021\n---\n",
        "---\ntitle: Fees\nauthor:\n- name: Ada Lind\n- name: Per Moe\ndate: May 3, 2021\n---\n",
        '+++\ntitle = "Fees"\nauthors = ["Ada Lind", "Per Moe"]\ndate = 2021-05-03T10:00:00Z\n+++\n',
    ],
)  # fmt: skip
def test_front_matter_states_the_facts_in_any_form(front_matter: str) -> None:
    assert [fact.value for fact in read_markdown(f"{front_matter}\nText.").facts] == [
        "Fees",
        "Ada Lind, Per Moe",
        "2021-05-03",
    ]
