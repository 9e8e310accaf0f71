"""The rooms of the map: their names, in the order in which they are shown, what each one asks, and where it circles."""

from __future__ import annotations

from typing import NamedTuple

ORBITS = ("on one machine", "between machines", "built and run", "whole systems")
"""What the orbits of the map mean, from the innermost: from the parts to what is made of them."""
MACHINE, BETWEEN, BUILT, WHOLE = ORBITS


class Area(NamedTuple):
    """A room of the map. It is shown when it has a lesson."""

    name: str
    title: str
    question: str
    orbit: str


AREAS = (
    Area("communication", "Communication", "How do two machines talk, and what does it cost them?", BETWEEN),
    Area("delivery", "Delivery", "How does a change get from a desk to everybody?", BUILT),
    Area("architecture", "Architecture", "Where do you cut a program in two?", BUILT),
    Area("data", "Data", "How are bytes kept, found and agreed on?", BETWEEN),
    Area("cache", "Caches", "What may you remember, and for how long?", BETWEEN),
    Area("messaging", "Messaging", "Who gets a message when somebody is asleep?", BETWEEN),
    Area("microservices", "Microservices", "What breaks when one program becomes twenty?", BUILT),
    Area("payments", "Payments", "Who holds the money while it moves?", WHOLE),
    Area("devops", "Operations", "Who notices first, and what do they do?", BUILT),
    Area("git", "Git", "What does a repository remember?", MACHINE),
    Area("cloud", "Cloud", "What do you rent, and what is still yours?", BUILT),
    Area("devtools", "Developer tools", "What can a program tell you about a program?", MACHINE),
    Area("linux", "Linux", "What is under the command you typed?", MACHINE),
    Area("security", "Security", "How do you prove something to someone you do not trust?", BETWEEN),
    Area("case-studies", "Case studies", "What did they change when it stopped working?", WHOLE),
    Area("blueprint", "Blueprint", "How do the pieces fit into one design?", WHOLE),
)
BY_NAME = {area.name: area for area in AREAS}
