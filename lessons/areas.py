"""The rooms of the map: their names, in the order in which they are shown, and what each one asks."""

from __future__ import annotations

from typing import NamedTuple


class Area(NamedTuple):
    """A room of the map. It is shown when it has a lesson."""

    name: str
    title: str
    question: str


AREAS = (
    Area("communication", "Communication", "How do two machines talk, and what does it cost them?"),
    Area("delivery", "Delivery", "How does a change get from a desk to everybody?"),
    Area("architecture", "Architecture", "Where do you cut a program in two?"),
    Area("data", "Data", "How are bytes kept, found and agreed on?"),
    Area("cache", "Caches", "What may you remember, and for how long?"),
    Area("messaging", "Messaging", "Who gets a message when somebody is asleep?"),
    Area("microservices", "Microservices", "What breaks when one program becomes twenty?"),
    Area("payments", "Payments", "Who holds the money while it moves?"),
    Area("devops", "Operations", "Who notices first, and what do they do?"),
    Area("git", "Git", "What does a repository remember?"),
    Area("cloud", "Cloud", "What do you rent, and what is still yours?"),
    Area("devtools", "Developer tools", "What can a program tell you about a program?"),
    Area("linux", "Linux", "What is under the command you typed?"),
    Area("security", "Security", "How do you prove something to someone you do not trust?"),
    Area("case-studies", "Case studies", "What did they change when it stopped working?"),
    Area("blueprint", "Blueprint", "How do the pieces fit into one design?"),
)
BY_NAME = {area.name: area for area in AREAS}
