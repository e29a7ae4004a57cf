"""Recorded negotiations: who offered what to whom, the ledger of the answer, the counter-proposal, what became of it.

All take place as the long arc opens. A ledger is recorded by its heaviest reasons, in points; a story fails when a
reason changes its sign or moves by more than a point, and shows its transcript then.
"""

from dataclasses import dataclass

import pytest

from game.ai.outlook import Deal
from tests.ai.table import asked, deal, offtake, transcript

POINT = 1.0


@dataclass(frozen=True)
class Story:
    """`sender` puts a deal to `to`, who answers; `outcome` is what the sender says to a counter-proposal."""

    title: str
    sender: str
    to: str
    deal: Deal
    verdict: str
    ledger: dict[str, float]
    counter: tuple[str, ...] = ()  # kinds of clauses that are changed
    outcome: str = ""


STORIES = [
    Story(
        "China offers graphite to the United States, who fear to be cheated and to lose the other suppliers",
        "CHN", "USA", offtake("CHN", "USA", "graphite", 0.2),
        "refuse", {"trust": -3.5, "security": -2.0, "prospect": +1.2},
    ),
    Story(
        "Chile offers copper to the United States, who get a sure supply from a partner they trust well enough",
        "CHL", "USA", offtake("CHL", "USA", "copper", 0.1),
        "accept", {"prospect": +1.9, "price": +0.4},
    ),
    Story(
        "Russia offers nickel to the European Union, who need it and do not trust it",
        "RUS", "EUU", offtake("RUS", "EUU", "nickel", 0.2),
        "refuse", {"trust": -2.0, "prospect": +1.3},
    ),
    Story(
        "Japan asks Australia for lithium: an old friend, and a sale that is sure",
        "JPN", "AUS", offtake("AUS", "JPN", "lithium", 0.2),
        "accept", {"trust": +1.4, "prospect": +0.7},
    ),
    Story(
        "Indonesia offers nickel to Korea, who would take less of it and only at a discount; Indonesia asks for more",
        "IDN", "KOR", offtake("IDN", "KOR", "nickel", 0.1),
        "counter", {"trust": -0.7, "prospect": +0.6}, ("deliver", "price_rule"), "counter",
    ),
    Story(
        "Chile asks China to teach it separation; China keeps its lead whatever else is offered",
        "CHL", "CHN", deal("technology_transfer", "CHL", "CHN", size=0.15),
        "refuse", {"prospect": -2.3},
    ),
    Story(
        "Norway proposes a standards pact to Canada, two stewards of one mind",
        "NOR", "CAN", deal("standards_pact", "NOR", "CAN", size=1),
        "accept", {"principle": +3.4, "trust": +1.1},
    ),
    Story(
        "Canada proposes a standards pact to Russia, who will not have its hands tied",
        "CAN", "RUS", deal("standards_pact", "RUS", "CAN", size=1),
        "refuse", {"principle": -1.0, "trust": -0.6},
    ),
    Story(
        "The United States propose a joint stockpile to Japan, an ally short of everything",
        "USA", "JPN", deal("joint_stockpile", "JPN", "USA", size=1.5),
        "accept", {"trust": +1.2, "prospect": +1.0},
    ),
    Story(
        "DR Congo proposes to hold back cobalt to Chile, who would join if all held back more; DR Congo agrees",
        "COD", "CHL", deal("producers_club", "CHL", "COD", size=0.1),
        "counter", {"prospect": +0.9}, ("quota",), "accept",
    ),
    Story(
        "China offers DR Congo roads and power for cobalt ore to come; cash and works now, few strings",
        "CHN", "COD", deal("infrastructure_for_minerals", "COD", "CHN", size=1000.0),
        "accept", {"prospect": +1.2, "trust": +0.4},
    ),
    Story(
        "Japan asks China to consult before measures; China keeps its weapon",
        "JPN", "CHN", deal("crisis_consultation", "JPN", "CHN", size=0.2),
        "refuse", {"prospect": -2.0, "principle": -1.4},
    ),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.sender}-{story.to}-{story.deal.treaty}")
def test_negotiations_go_as_recorded(story: Story) -> None:
    found = asked(story.to, story.deal)
    said = f"{story.title}\n{transcript(story.to, story.deal, found)}"
    assert found.verdict == story.verdict, said
    for name, points in story.ledger.items():
        assert found.ledger.points(name) * points > 0, said
        assert found.ledger.points(name) == pytest.approx(points, abs=POINT), said
    heaviest = found.ledger.reasons[0].name
    assert heaviest in story.ledger, said
    if found.counter is not None:
        assert tuple(sorted(change.kind for change in found.counter.changed)) == story.counter, said
        answer = asked(story.sender, found.counter.deal)
        assert answer.verdict == story.outcome, f"{said}\n{transcript(story.sender, found.counter.deal, answer)}"


def test_the_stories_hold_every_kind_of_answer_and_many_treaties() -> None:
    assert {story.verdict for story in STORIES} == {"accept", "counter", "refuse"}
    assert len({story.deal.treaty for story in STORIES}) >= 7
    assert len(STORIES) >= 10
