"""Quizzes and practice: questions that the miniatures make, answered by people, and never lost."""
